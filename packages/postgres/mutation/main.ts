import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startPrivatePostgres } from '../../../tools/servers/postgres.ts';
import { stopSignal } from '../../../tools/servers/stop-signal.ts';
import { joinStatements, readBaseline } from './baseline.ts';
import { equivalents, isEquivalent } from './equivalents.ts';
import { createKillers } from './find-survivors.ts';
import { openKnownKillers } from './known-killers.ts';
import { type Mutant, mutantsOf, triggerMutantsOf } from './mutants.ts';
import { ownTestsPass, readOwnStatements } from './own-tests.ts';
import { sitesInCode } from './sites.ts';
import { openSuite } from './suite.ts';
import { triggerParts } from './triggers.ts';

// Takes one guard after another out of the store's statements, on their way to the database, and out of its triggers,
// and runs the tests that use it: the shared suite of stores first, the package's own tests for what is left. A guard
// that no test misses fails the check.

const { values: options } = parseArgs({
  options: {
    /** Only every n-th guard, beginning with that of `--from`. */
    every: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    /** Only what a file of the code, or a trigger, contains: a part of its name. */
    statement: { type: 'string' },
    /** Not again those that the package's own tests missed, where their text is the same. */
    short: { type: 'boolean', default: false },
    workers: { type: 'string', default: String(Math.max(2, availableParallelism())) },
    verbose: { type: 'boolean', default: false },
  },
});

/** In a database that sorts as people do: with the C locale nothing would miss a collation. */
async function createDatabase(serverUrl: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(
    `CREATE DATABASE ${name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US' LOCALE 'C'`,
  );
  await client.end();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

function isChosen({ statements }: Mutant, position: number): boolean {
  const { statement: name, from, every } = options;
  return (
    (position - Number(from)) % Number(every) === 0 &&
    (name === undefined || statements.some((known) => known.includes(name)))
  );
}

const triggerFiles = new Set(['triggers.test.ts', 'unusual-tables.test.ts']);

const server = await startPrivatePostgres({ settings: ['autovacuum_naptime=5s'] });
const known = openKnownKillers();
let all: readonly Mutant[] = [];
void stopSignal().then(async () => {
  if (all.length > 0) known.save(all);
  await server.stop();
  process.exit(130);
});
const startedAt = performance.now();
const survivors: Mutant[] = [];
try {
  const names = Array.from({ length: Number(options.workers) }, (_, index) => `mutation_${index}`);
  const urls = await Promise.all(names.map((name) => createDatabase(server.url, name)));
  const suites = await Promise.all(urls.map(openSuite));
  const [first] = suites;
  if (first === undefined) throw new Error('At least one worker is needed.');
  const ownUrl = await createDatabase(server.url, 'own_tests');
  const [own, baseline] = await Promise.all([readOwnStatements(ownUrl), readBaseline(first)]);
  const statements = joinStatements(baseline, own);
  const run = new Set(statements.map(({ site }) => site));
  const neverRun = (await sitesInCode()).filter((site) => !run.has(site));
  for (const site of neverRun) console.log(`NEVER RUN  ${site}: no test knows this statement`);

  const triggerTests = { tests: new Set(first.tests.keys()), files: triggerFiles };
  all = [...mutantsOf(statements), ...triggerMutantsOf(triggerParts(), triggerTests)];
  const listed = (mutant: Mutant) => equivalents.some((equivalent) => isEquivalent(mutant, equivalent));
  const passedOver = (mutant: Mutant) => options.short && known.isMissedByOwnTests(mutant);
  const tried = all.filter(
    (mutant, position) => isChosen(mutant, position) && !listed(mutant) && !passedOver(mutant),
  );

  const killers = createKillers(first.tests, baseline.usualMs);
  const waiting = [...tried];
  const missedBySuite: Mutant[] = [];
  const tell = (verdict: string, mutant: Mutant) =>
    console.log(`${verdict}  ${mutant.statements.join(', ')}: ${mutant.excerpt}`);
  async function work(suite: (typeof suites)[number]): Promise<void> {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      const begunAt = performance.now();
      const killer = await killers.killerOf(suite, mutant, known.testOf(mutant));
      if (killer === null) missedBySuite.push(mutant);
      else known.note(mutant, killer);
      if (!options.verbose) continue;
      const ms = Math.round(performance.now() - begunAt);
      tell(killer === null ? `${ms} ms: for the own tests` : `${ms} ms: missed by "${killer}"`, mutant);
    }
  }
  await Promise.all(suites.map(work));
  async function askOwnTests(): Promise<void> {
    for (let mutant = missedBySuite.shift(); mutant !== undefined; mutant = missedBySuite.shift()) {
      if (mutant.files.size === 0 || (await ownTestsPass(ownUrl, mutant))) {
        survivors.push(mutant);
        tell('SURVIVES', mutant);
      } else {
        known.note(mutant, null);
        if (options.verbose) tell(`missed by ${[...mutant.files].join(' or ')}`, mutant);
      }
    }
  }
  const ofSuite = tried.length - missedBySuite.length;
  await Promise.all(suites.map(askOwnTests));
  const stale = equivalents.filter((equivalent) => !all.some((mutant) => isEquivalent(mutant, equivalent)));
  for (const { statement, removed } of stale) console.log(`STALE  ${statement}: ${removed}`);
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  console.log(
    `${statements.length} statements with ${all.length} guards, ${all.length - tried.length} passed over; of ` +
      `${tried.length} tried, the shared suite misses ${ofSuite}, ${survivors.length} survive. ${seconds} s.`,
  );
  process.exitCode = survivors.length + stale.length + neverRun.length === 0 ? 0 : 1;
  await Promise.all(suites.map((suite) => suite.end()));
} finally {
  if (all.length > 0) known.save(all);
  await server.stop();
}
