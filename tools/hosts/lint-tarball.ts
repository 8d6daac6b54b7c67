import { type Entry, entriesOf } from './entries.ts';
import type { Tarball } from './pack.ts';
import { run } from './run.ts';

/** publint and "are the types wrong" on one tarball; throws with their report when either finds anything. */
export function lintTarball({ workspacePackage, file }: Tarball): void {
  run('publint', ['--strict', file]);
  const entries = entriesOf(workspacePackage);
  // A host with `moduleResolution: node` resolves no subpath, so only the root entry is held to it.
  checkTypes(
    file,
    'strict',
    entries.filter((entry) => entry.subpath === '.'),
  );
  checkTypes(
    file,
    'node16',
    entries.filter((entry) => entry.subpath !== '.' && entry.hasCommonJs),
  );
  checkTypes(
    file,
    'esm-only',
    entries.filter((entry) => entry.subpath !== '.' && !entry.hasCommonJs),
  );
}

function checkTypes(file: string, profile: string, entries: readonly Entry[]): void {
  if (entries.length === 0) return;
  const subpaths = entries.map((entry) => entry.subpath);
  run('attw', [file, '--no-color', '--no-emoji', '--profile', profile, '--entrypoints', ...subpaths]);
}
