import { formatResult, passed, toJson } from './crash-result.ts';
import { readArguments, usage } from './read-arguments.ts';
import { runFaults } from './run-faults.ts';
import { runRejectedKey } from './run-rejected-key.ts';

const input = readArguments(process.argv.slice(2), () => Math.floor(Math.random() * 1_000_000_000));
if (input.isErr()) {
  console.error(`${input.error}\n${usage}`);
  process.exitCode = 2;
} else {
  const { options, json } = input.value;
  console.error(`queue ${options.queue}, seed ${options.seed}`);
  const run = options.scenario === 'faults' ? runFaults : runRejectedKey;
  const result = await run(options, (step) => console.error(step));
  console.log(json ? JSON.stringify(toJson(result)) : formatResult(result));
  process.exitCode = passed(result) ? 0 : 1;
}
