import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../../repository/files.ts';
import { packAll } from '../pack.ts';
import { buildPackages } from './build-packages.ts';
import { exampleFolder, lockFile, neededPackages, tarballFolder } from './example.ts';
import { checkLock } from './locked-packages.ts';

const stampFile = join(exampleFolder, 'node_modules/.cache/installed');

/** Packs our packages as they would be published and installs them with everything else, unless nothing changed. */
export function install(): void {
  buildPackages();
  const fingerprint = currentFingerprint();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === fingerprint) return;
  console.log('Packing our packages and installing them with npm');
  rmSync(tarballFolder, { recursive: true, force: true });
  checkLock(packAll(tarballFolder, neededPackages()));
  // npm would keep a package whose version did not change. Not `npm ci`: it refuses a lockfile that was made where a
  // registry lacks an optional package of some other platform.
  for (const path of ['@visanet', '.package-lock.json']) {
    rmSync(join(exampleFolder, 'node_modules', path), { recursive: true, force: true });
  }
  execFileSync(
    'npm',
    ['install', '--no-save', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: exampleFolder,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, fingerprint);
}

/** Of everything that decides what is installed. */
function currentFingerprint(): string {
  const hash = createHash('sha256').update(process.versions.modules);
  const files = neededPackages().flatMap(({ folder }) =>
    globSync(['package.json', 'dist/**/*.{js,cjs,ts,cts}', 'sql/*'], { cwd: join(root, folder) })
      .sort()
      .map((path) => join(root, folder, path)),
  );
  for (const file of [...files, join(exampleFolder, 'package.json'), lockFile]) {
    hash.update(file).update(readFileSync(file));
  }
  return hash.digest('hex');
}
