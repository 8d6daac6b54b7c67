import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Databases {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  stop(): Promise<void>;
}

/** The servers of `DATABASE_URL` and `REDIS_URL`, or private ones, which end with this process however it ends. */
export async function startDatabases(): Promise<Databases> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('serve-databases.ts', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // In a group of its own: a Ctrl-C to this one must not end Redis before those that use it.
    detached: true,
  });
  const exited = once(child, 'exit');
  for await (const line of createInterface(child.stdout)) {
    const { redisUrl, databaseUrl }: { redisUrl: string; databaseUrl: string } = JSON.parse(line);
    return {
      redisUrl,
      databaseUrl,
      async stop() {
        child.stdin.end();
        await exited;
      },
    };
  }
  throw new Error('The servers did not start.');
}
