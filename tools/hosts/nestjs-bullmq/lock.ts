import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { packAll } from '../pack.ts';
import { buildPackages } from './build-packages.ts';
import { exampleFolder, lockFile, neededPackages, tarballFolder } from './example.ts';
import { lockKey, readLock } from './locked-packages.ts';

// Renews package-lock.json after a change of dependencies, the example's or those of our packages.
buildPackages();
rmSync(tarballFolder, { recursive: true, force: true });
const keys = packAll(tarballFolder, neededPackages()).map(lockKey);

// Else npm keeps what the lockfile says of a file that has changed.
editOurEntries((packages, key) => delete packages[key]);
execFileSync('npm', ['install', '--package-lock-only', '--no-audit', '--no-fund', '--loglevel=error'], {
  cwd: exampleFolder,
  stdio: 'inherit',
});
// A tarball is packed anew on each machine: its digest proves nothing, and a second one would be refused.
editOurEntries((packages, key) => delete packages[key]?.integrity);

function editOurEntries(
  edit: (packages: ReturnType<typeof readLock>['packages'], key: string) => void,
): void {
  const lock = readLock();
  for (const key of keys) edit(lock.packages, key);
  writeFileSync(lockFile, `${JSON.stringify(lock, null, 2)}\n`);
}
