import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

const notOurs = new Set(['node_modules', 'dist', 'generated', 'coverage', '.stryker-tmp']);

/** Paths relative to the repository, without installed, built and generated files. */
export function handWrittenFiles(patterns: readonly string[]): string[] {
  return globSync([...patterns], {
    cwd: root,
    exclude: (name) => notOurs.has(name.split('/').at(-1) ?? ''),
  }).sort();
}

export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Code that only tests run: it may use development dependencies. */
export function isTestCode(path: string): boolean {
  return /\.test(-d)?\.ts$/.test(path);
}
