import { spawnSync } from 'node:child_process';

/** Runs a program to its end. Its output is shown only when it fails, inside the error. */
export function run(program: string, args: readonly string[], cwd?: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status === 0) return stdout;
  throw new Error([`${program} ${args.join(' ')} failed`, error?.message ?? '', stdout, stderr].join('\n'));
}
