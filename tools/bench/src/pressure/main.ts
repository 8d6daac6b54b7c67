import { type Check, formatChecks } from '../host/checks.ts';
import { runProgram } from '../host/run-program.ts';
import { readArguments, usage } from './read-arguments.ts';

await runProgram({
  usage,
  read: readArguments,
  async run({ size, cases, json }) {
    const results: { name: string; seconds: number; checks: readonly Check[] }[] = [];
    for (const { name, about, run } of cases) {
      console.error(`${name}: ${about}`);
      const startedAt = performance.now();
      const checks = await run(size);
      const seconds = Math.round((performance.now() - startedAt) / 1_000);
      results.push({ name, seconds, checks });
      if (!json) console.log(`\n${name} · ${seconds} s\n${formatChecks(checks)}\n`);
    }
    const passed = results.every(({ checks }) => checks.every(({ ok }) => ok));
    if (json) console.log(JSON.stringify({ size, passed, cases: results }));
    return passed;
  },
});
