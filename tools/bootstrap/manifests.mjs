import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/** Files that decide what an install puts on the disk. */
export function installInputs() {
  const members = ['packages', 'examples', 'tools'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(root, folder, name, 'package.json')),
  );
  return ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json']
    .map((name) => join(root, name))
    .concat(members.filter((file) => existsSync(file)).sort());
}

/** The package manager this repository is pinned to, as `name@version`. */
export function pinnedPackageManager() {
  return String(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).packageManager);
}
