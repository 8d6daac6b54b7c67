import { runProgram } from '../host/run-program.ts';
import { formatFigures } from './format-figures.ts';
import { readArguments, usage } from './read-arguments.ts';
import { runTableCost } from './run-table-cost.ts';

await runProgram({
  usage,
  read: readArguments,
  async run({ rows, json }) {
    const figures = await runTableCost(rows, (step) => console.error(step));
    console.log(json ? JSON.stringify({ rows, figures }) : formatFigures(rows, figures));
    // Figures alone: times depend on the machine, so that none of them can be wrong.
    return true;
  },
});
