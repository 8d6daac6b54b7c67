import { runProgram } from '../host/run-program.ts';
import { formatResult, toJson } from './format-result.ts';
import { readArguments, usage } from './read-arguments.ts';
import { type BenchResult, runBench } from './run-bench.ts';

await runProgram({
  usage,
  read: readArguments,
  async run({ contracts, seed, events, json }) {
    const results: BenchResult[] = [];
    for (const contract of contracts) results.push(await runBench(contract, { seed, events }));
    console.log(json ? JSON.stringify(results.map(toJson)) : results.map(formatResult).join('\n\n'));
    return results.every(({ failures }) => failures.length === 0);
  },
});
