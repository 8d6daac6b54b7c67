import { execFileSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../repository/files.ts';
import { neededPackages } from './example.ts';

/** Builds the packages whose sources are newer than what was built of them. */
export function buildPackages(): void {
  const stale = neededPackages().filter(
    ({ folder }) => newest(folder, 'src/**/*.ts') > newest(folder, 'dist/index.cjs'),
  );
  if (stale.length === 0) return;
  console.log(`Building ${stale.map(({ manifest }) => manifest.name).join(', ')}`);
  const filters = stale.flatMap(({ manifest }) => ['--filter', manifest.name]);
  execFileSync('pnpm', ['--silent', ...filters, 'run', 'build'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function newest(folder: string, pattern: string): number {
  const times = globSync(pattern, { cwd: join(root, folder), exclude: ['**/*.test.ts'] }).map(
    (path) => statSync(join(root, folder, path)).mtimeMs,
  );
  return Math.max(0, ...times);
}
