import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../repository/files.ts';
import { publishedPackages, type WorkspacePackage } from '../repository/packages.ts';

export interface Tarball {
  readonly workspacePackage: WorkspacePackage;
  readonly file: string;
}

/** Packs built packages, all unless told which, exactly as they would be published, and returns where. */
export function packAll(folder: string, packages = publishedPackages()): Tarball[] {
  mkdirSync(folder, { recursive: true });
  return packages.map((workspacePackage) => {
    const file = join(folder, `${workspacePackage.folder.replace('packages/', '')}.tgz`);
    execFileSync('pnpm', ['--silent', '-C', join(root, workspacePackage.folder), 'pack', '--out', file], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return { workspacePackage, file };
  });
}
