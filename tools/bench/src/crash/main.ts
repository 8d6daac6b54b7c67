import { runProgram } from '../host/run-program.ts';
import { formatResult, passed, toJson } from './crash-result.ts';
import { readArguments, usage } from './read-arguments.ts';
import { runFaults } from './run-faults.ts';
import { runRejectedKey } from './run-rejected-key.ts';

await runProgram({
  usage,
  read: (argv) => readArguments(argv, () => Math.floor(Math.random() * 1_000_000_000)),
  async run({ options, json }) {
    console.error(`queue ${options.queue}, seed ${options.seed}`);
    const run = options.scenario === 'faults' ? runFaults : runRejectedKey;
    const result = await run(options, (step) => console.error(step));
    console.log(json ? JSON.stringify(toJson(result)) : formatResult(result));
    return passed(result);
  },
});
