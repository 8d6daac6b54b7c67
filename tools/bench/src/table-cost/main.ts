import { formatChecks } from '../host/checks.ts';
import { runProgram } from '../host/run-program.ts';
import { formatFigures } from './format-figures.ts';
import { readArguments, usage } from './read-arguments.ts';
import { runTableCost } from './run-table-cost.ts';

await runProgram({
  usage,
  read: readArguments,
  async run({ rows, json }) {
    const { figures, checks } = await runTableCost(rows, (step) => console.error(step));
    const passed = checks.every(({ ok }) => ok);
    if (json) console.log(JSON.stringify({ rows, passed, checks, figures }));
    else console.log(`${formatFigures(rows, figures)}\n\n${formatChecks(checks)}`);
    return passed;
  },
});
