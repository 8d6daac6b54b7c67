import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Postgres and PgBouncer refuse to run as root; where we are root they run as this user. */
export const serverUser = 'postgres';
export const isRoot = process.getuid?.() === 0;

export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** A folder that the user of the server owns. */
export async function temporaryFolder(prefix: string): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), prefix));
  await chmod(path, 0o755);
  if (isRoot) await run('chown', [serverUser, path]);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
