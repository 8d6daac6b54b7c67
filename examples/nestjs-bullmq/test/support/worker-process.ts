import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from './free-port';
import { until } from './until';

const dist = join(__dirname, '../../dist');

export interface WorkerProcess {
  readonly url: string;
  /** Everything that it has written. */
  output(): string;
  /** Ends it as a supervisor does, and gives its output. */
  stop(): Promise<string>;
}

/** The worker as it is deployed: the compiled file in a process of its own. */
export async function startWorkerProcess(environment: Record<string, string>): Promise<WorkerProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, [join(dist, 'worker.js')], {
    env: { PATH: process.env.PATH, NO_COLOR: '1', ...environment, WORKER_PORT: String(port) },
  });
  const output = outputOf(child);
  const url = `http://127.0.0.1:${port}`;
  await until('the worker answers', async () => {
    if (child.exitCode !== null) throw new Error(`The worker ended: ${output()}`);
    return (await fetch(`${url}/health/live`).catch(() => null))?.ok ?? false;
  });
  return {
    url,
    output,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        const exited = once(child, 'exit');
        child.kill('SIGTERM');
        await exited;
      }
      return output();
    },
  };
}

export async function runMigrations(environment: Record<string, string>): Promise<void> {
  const child = spawn(process.execPath, [join(dist, 'migrate.js')], {
    env: { PATH: process.env.PATH, ...environment },
  });
  const output = outputOf(child);
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`The migrations failed: ${output()}`);
}

function outputOf(child: ChildProcess): () => string {
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  }
  return () => chunks.join('');
}
