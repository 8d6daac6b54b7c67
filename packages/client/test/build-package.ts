import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));

export interface BuiltPackage {
  readonly folder: string;
  remove(): Promise<void>;
}

/** Builds the package as it is released, into a folder of its own for each test file. */
export async function buildPackage(name: string): Promise<BuiltPackage> {
  // Inside of the package, so that its dependencies resolve as they do from its real build.
  const folder = join(packageFolder, '.cache', name);
  const command = join(dirname(createRequire(import.meta.url).resolve('tsup')), 'cli-default.js');
  const options = ['--no-dts', '--out-dir', folder];
  await promisify(execFile)(process.execPath, [command, ...options], { cwd: packageFolder });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
