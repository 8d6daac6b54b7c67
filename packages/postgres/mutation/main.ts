import { parseArgs } from 'node:util';
import pg from 'pg';
import { startPrivatePostgres } from '../../../tools/servers/postgres.ts';
import { stopSignal } from '../../../tools/servers/stop-signal.ts';
import { equivalents, isEquivalent } from './equivalents.ts';
import { killerOf, readBaseline } from './find-survivors.ts';
import { type Mutant, mutantsOf } from './mutants.ts';
import { ownTestsPass } from './own-tests.ts';
import { openSuite } from './suite.ts';

// Takes one guard after another out of the store's statements, on their way to the database, and runs the tests that
// use it: the shared suite of stores first, the package's own tests for what is left. A guard that no test misses
// fails the check.

const { values: options } = parseArgs({
  options: {
    /** Only every n-th guard, beginning with that of `--from`. */
    every: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    /** Only statements of this method. */
    statement: { type: 'string' },
    /** Only the shared suite: quick, but some guards are missed by the package's own tests alone. */
    quick: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});

/** In a database that sorts as people do: with the C locale nothing would miss a collation. */
async function createDatabase(serverUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(
    "CREATE DATABASE mutation TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US' LOCALE 'C'",
  );
  await client.end();
  const url = new URL(serverUrl);
  url.pathname = '/mutation';
  return url.href;
}

function isChosen({ statements }: Mutant, position: number): boolean {
  const name = options.statement;
  return (
    (position - Number(options.from)) % Number(options.every) === 0 &&
    (name === undefined || statements.some((known) => known.split(' ')[0] === name))
  );
}

const server = await startPrivatePostgres();
void stopSignal().then(async () => {
  await server.stop();
  process.exit(130);
});
const startedAt = performance.now();
let survivors: Mutant[] = [];
try {
  const suite = await openSuite(await createDatabase(server.url));
  const baseline = await readBaseline(suite);
  if (!options.quick && !(await ownTestsPass(server.url, null)))
    throw new Error("The package's own tests fail without any change.");
  const all = mutantsOf(baseline.statements);
  const listed = (mutant: Mutant) => equivalents.some((equivalent) => isEquivalent(mutant, equivalent));
  const tried = all.filter((mutant, position) => isChosen(mutant, position) && !listed(mutant));
  for (const mutant of tried) {
    const killer =
      (await killerOf(suite, baseline, mutant)) ??
      (options.quick || (await ownTestsPass(server.url, mutant)) ? null : "the package's own tests");
    if (killer === null) survivors = [...survivors, mutant];
    if (killer === null || options.verbose) {
      const verdict = killer === null ? 'SURVIVES' : `missed by "${killer}"`;
      console.log(`${verdict}  ${mutant.statements.join(', ')}: ${mutant.excerpt}`);
    }
  }
  const stale = equivalents.filter((equivalent) => !all.some((mutant) => isEquivalent(mutant, equivalent)));
  for (const { statement, removed } of stale) console.log(`STALE  ${statement}: ${removed}`);
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  console.log(
    `${baseline.statements.length} statements with ${all.length} guards, ${all.length - tried.length} passed over; ` +
      `of ${tried.length} tried ${survivors.length} survive. ${seconds} s.`,
  );
  process.exitCode = survivors.length + stale.length === 0 ? 0 : 1;
  await suite.end();
} finally {
  await server.stop();
}
