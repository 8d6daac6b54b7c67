import { formatResult, toJson } from './format-result.ts';
import { readArguments, usage } from './read-arguments.ts';
import { type BenchResult, runBench } from './run-bench.ts';

const input = readArguments(process.argv.slice(2));
if (input.isErr()) {
  console.error(`${input.error}\n${usage}`);
  process.exitCode = 2;
} else {
  const { contracts, seed, events, json } = input.value;
  const results: BenchResult[] = [];
  for (const contract of contracts) results.push(await runBench(contract, { seed, events }));
  console.log(json ? JSON.stringify(results.map(toJson)) : results.map(formatResult).join('\n\n'));
  process.exitCode = results.every(({ failures }) => failures.length === 0) ? 0 : 1;
}
