import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { databases } from './databases';

const urls = z.object({ redisUrl: z.string(), databaseUrl: z.string() });

/** The servers of `REDIS_URL` and `DATABASE_URL`, or private ones; they end with the input of their process. */
export default async function startDatabases(): Promise<void> {
  const child = spawn(
    process.execPath,
    [join(__dirname, '../../../../tools/hosts/nestjs-bullmq/serve-databases.ts')],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  databases.stop = async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.stdin.end();
    await ended;
  };
  for await (const line of createInterface(child.stdout)) {
    const { redisUrl, databaseUrl } = urls.parse(JSON.parse(line));
    process.env.TEST_REDIS_URL = redisUrl;
    process.env.TEST_DATABASE_URL = databaseUrl;
    return;
  }
  throw new Error('The servers did not start.');
}
