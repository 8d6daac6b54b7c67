import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Mutant } from './mutants.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));
const vitest = fileURLToPath(new URL('../../../node_modules/vitest/vitest.mjs', import.meta.url));
/** A weakened statement may make a test wait for what never comes. */
const longestMs = 90_000;

/** Whether the package's own tests of the store pass; null: with the statements as they are. */
export async function ownTestsPass(databaseUrl: string, mutant: Mutant | null): Promise<boolean> {
  const { CBB_SQL_MUTANT: _, ...environment } = process.env;
  const child = spawn(process.execPath, [vitest, 'run', '--config=vitest.mutation.config.ts'], {
    cwd: folder,
    stdio: 'ignore',
    timeout: longestMs,
    killSignal: 'SIGKILL',
    env: {
      ...environment,
      DATABASE_URL: databaseUrl,
      ...(mutant === null
        ? {}
        : { CBB_SQL_MUTANT: JSON.stringify({ scope: mutant.scope, weakened: mutant.weakened }) }),
    },
  });
  const [code] = await once(child, 'exit');
  return code === 0;
}
