import { compare } from './compare.ts';
import { generatedScenario } from './generated-scenario.ts';
import { formatTable, formatTotals } from './print-table.ts';
import { createProgress } from './progress.ts';
import { type Arguments, readArguments, usage } from './read-arguments.ts';
import { sampleScenario } from './sample-scenario.ts';
import { syncScenario } from './sync-scenario.ts';
import { totalsOf } from './totals.ts';

/** Runs the demonstration and gives the exit code. */
async function run({ orders, contract, faults, seed, json }: Arguments): Promise<number> {
  const scenario =
    orders === null ? await sampleScenario(contract) : generatedScenario(orders, seed, contract);
  const progress = createProgress(process.stderr);
  const result = await syncScenario(scenario, { contract, faults, seed, onProgress: progress.show });
  progress.end();
  const totals = totalsOf(result);
  console.log(json ? JSON.stringify(totals) : `${formatTable(result)}\n\n${formatTotals(totals)}`);
  const differences = compare(scenario, result);
  for (const difference of differences) console.error(difference);
  if (!json)
    console.log(differences.length === 0 ? 'All as expected.' : `${differences.length} differences.`);
  return differences.length === 0 ? 0 : 1;
}

const argv = process.argv.slice(2);
const input = readArguments(argv);
if (argv.includes('--help')) {
  console.log(usage);
} else if (input.isErr()) {
  console.error(`${input.error}\n${usage}`);
  process.exitCode = 2;
} else {
  process.exitCode = await run(input.value);
}
