import { join } from 'node:path';
import { root } from '../../repository/files.ts';
import { publishedPackages, type WorkspacePackage } from '../../repository/packages.ts';

/** The host that installs our packages as they would be published. */
export const exampleFolder = join(root, 'examples/nestjs-bullmq');

export const tarballFolder = join(exampleFolder, '.packages');

export const lockFile = join(exampleFolder, 'package-lock.json');

const needed = ['client', 'sync', 'queue', 'postgres', 'rate-limit', 'bullmq', 'host', 'testkit'];

/** The packages of this repository that the example installs. */
export function neededPackages(): WorkspacePackage[] {
  return publishedPackages().filter(({ folder }) => needed.includes(folder.replace('packages/', '')));
}
