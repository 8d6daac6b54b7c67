import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { exampleFolder } from './example.ts';

/** Runs a program in the example's folder to its end; throws when it fails. */
export function runNode(args: readonly string[], environment: NodeJS.ProcessEnv = process.env): void {
  const { status } = spawnSync(process.execPath, args, {
    cwd: exampleFolder,
    env: environment,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`${args.join(' ')} failed.`);
}

/** Starts a program beside this one. What comes back ends it as a supervisor does, and waits for its end. */
export function startNode(
  program: string,
  environment: NodeJS.ProcessEnv,
  onEnd: () => void,
): () => Promise<void> {
  const child = spawn(process.execPath, [program], {
    cwd: exampleFolder,
    env: environment,
    stdio: 'inherit',
  });
  child.once('exit', onEnd);
  return async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
  };
}
