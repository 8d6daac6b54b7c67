import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publishedPackages, type WorkspacePackage } from '../../../tools/repository/packages.ts';

/** Folder of this example. */
export const exampleFolder = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

export const tarballFolder = join(exampleFolder, '.packages');

export const lockFile = join(exampleFolder, 'package-lock.json');

const needed = ['client', 'sync', 'postgres', 'bullmq', 'testkit'];

/** The packages of this repository that the example installs. */
export function neededPackages(): WorkspacePackage[] {
  return publishedPackages().filter(({ folder }) => needed.includes(folder.replace('packages/', '')));
}
