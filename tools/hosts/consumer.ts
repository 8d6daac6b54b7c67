import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tarball } from './pack.ts';
import { run } from './run.ts';

/** A clean npm project outside of the workspace that installs tarballs as a host installs packages. */
export function createConsumer(
  folder: string,
  tarballs: readonly Tarball[],
  extra: Readonly<Record<string, string>> = {},
): string {
  mkdirSync(folder, { recursive: true });
  const packed = tarballs.map(({ workspacePackage, file }) => [
    workspacePackage.manifest.name,
    `file:${file}`,
  ]);
  const dependencies = { ...Object.fromEntries(packed), ...extra };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }, null, 2));
  run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'], folder);
  return folder;
}
