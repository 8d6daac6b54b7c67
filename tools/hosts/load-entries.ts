import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry } from './entries.ts';
import { run } from './run.ts';

const script = `
const failures = [];
for (const { specifier, hasCommonJs } of JSON.parse(process.argv[2])) {
  try {
    const imported = names(await import(specifier));
    if (!hasCommonJs) continue;
    const required = names(require(specifier));
    if (imported.join() !== required.join()) {
      failures.push(specifier + ': import gives [' + imported + '], require gives [' + required + ']');
    }
  } catch (error) {
    failures.push(specifier + ': ' + error.stack);
  }
}
function names(namespace) {
  return Object.keys(namespace).filter((name) => name !== 'default' && name !== 'module.exports').sort();
}
if (failures.length > 0) throw new Error(failures.join('\\n'));
`;

/** Imports every entry, and requires those that have a CommonJS form: both must offer the same names. */
export function loadEntries(consumer: string, runtime: string, entries: readonly Entry[]): void {
  const file = join(consumer, 'load-entries.mjs');
  writeFileSync(
    file,
    `import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\n${script}`,
  );
  run(runtime, [file, JSON.stringify(entries)], consumer);
}
