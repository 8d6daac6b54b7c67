import { formatChecks } from '../host/checks.ts';
import { runProgram } from '../host/run-program.ts';
import { readArguments, usage } from './read-arguments.ts';
import { runLoad } from './run-load.ts';

await runProgram({
  usage,
  read: readArguments,
  async run({ options, json }) {
    const { queue, contract, orders, rate, seed } = options;
    const { checks, facts } = await runLoad(options, (step) => console.error(step));
    const passed = checks.every(({ ok }) => ok);
    if (json) console.log(JSON.stringify({ ...options, passed, checks, facts }));
    else {
      console.log(
        `load · queue ${queue} · contract ${contract} · ${orders} orders at ${rate}/s · seed ${seed}`,
      );
      console.log(formatChecks(checks));
      console.log(
        Object.entries(facts)
          .map(([name, value]) => `${name} ${value}`)
          .join(' · '),
      );
    }
    return passed;
  },
});
