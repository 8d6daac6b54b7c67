import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import type { Mutant } from './mutants.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));
const vitest = fileURLToPath(new URL('../../../node_modules/vitest/vitest.mjs', import.meta.url));
/** A weakened statement may make a test wait for what never comes. */
const longestMs = 90_000;
const longestWholeMs = 600_000;

/** A statement that a file of the package's own tests runs. */
export type OwnStatement = z.infer<typeof noted>;

const noted = z.object({ site: z.string(), file: z.string(), sql: z.string() });

async function pass(
  databaseUrl: string,
  files: Iterable<string>,
  timeout: number,
  more: NodeJS.ProcessEnv,
): Promise<boolean> {
  const child = spawn(process.execPath, [vitest, 'run', '--config=vitest.mutation.config.ts', ...files], {
    cwd: folder,
    stdio: 'ignore',
    timeout,
    killSignal: 'SIGKILL',
    env: { ...process.env, DATABASE_URL: databaseUrl, ...more },
  });
  const [code] = await once(child, 'exit');
  return code === 0;
}

/** Whether the package's own tests pass where the guard is missing. */
export const ownTestsPass = (databaseUrl: string, { scope, weakened, files }: Mutant): Promise<boolean> =>
  pass(databaseUrl, files, longestMs, { CBB_SQL_MUTANT: JSON.stringify({ scope, weakened }) });

/** What the package's own tests send to the database. Throws where one fails. */
export async function readOwnStatements(databaseUrl: string): Promise<readonly OwnStatement[]> {
  const record = join(tmpdir(), `cbb-sql-${process.pid}.jsonl`);
  const passed = await pass(databaseUrl, [], longestWholeMs, { CBB_SQL_RECORD: record });
  if (!passed) throw new Error("The package's own tests fail without any change.");
  const lines = (await readFile(record, 'utf8')).trim().split('\n');
  await rm(record);
  return lines.map((line) => noted.parse(JSON.parse(line)));
}
