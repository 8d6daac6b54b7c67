import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { installDebianPackage } from './debian-package.ts';
import { freePort } from './free-port.ts';
import { isRoot, serverUser, temporaryFolder } from './temporary-folder.ts';

const startTimeoutMs = 10_000;

export interface PgBouncer {
  readonly url: string;
  stop(): Promise<void>;
}

function findBinary(): string | undefined {
  const folders = ['/usr/sbin', '/usr/local/sbin', ...(process.env.PATH ?? '').split(':')];
  return folders.map((folder) => join(folder, 'pgbouncer')).find((path) => existsSync(path));
}

function installBinary(): string {
  installDebianPackage('pgbouncer');
  const installed = findBinary();
  if (installed !== undefined) return installed;
  throw new Error(
    'PgBouncer is missing. Install it, e.g. apt-get install pgbouncer or brew install pgbouncer.',
  );
}

function configuration(database: URL, folder: string, port: number): string {
  const name = database.pathname.slice(1);
  const password = database.password === '' ? '' : ` password=${decodeURIComponent(database.password)}`;
  const user = decodeURIComponent(database.username);
  return [
    '[databases]',
    `${name} = host=${database.hostname} port=${database.port || '5432'} dbname=${name} user=${user}${password}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = any',
    'pool_mode = transaction',
    'default_pool_size = 8',
    'max_client_conn = 200',
    'ignore_startup_parameters = extra_float_digits',
    `logfile = ${join(folder, 'pgbouncer.log')}`,
    '',
  ].join('\n');
}

async function untilAccepting(port: number): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const accepted = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (accepted) return;
    if (Date.now() > deadline) throw new Error('PgBouncer did not start in time.');
    await delay(20);
  }
}

/** A private pooler in transaction mode in front of the database; installs the Debian package where root may. */
export async function startPgBouncer(databaseUrl: string): Promise<PgBouncer> {
  const binary = findBinary() ?? installBinary();
  const folder = await temporaryFolder('cbb-pgbouncer-');
  const port = await freePort();
  const file = join(folder.path, 'pgbouncer.ini');
  const database = new URL(databaseUrl);
  await writeFile(file, configuration(database, folder.path, port));
  const args = isRoot ? ['-u', serverUser, file] : [file];
  const pooler = spawn(binary, args, { stdio: 'ignore' });
  const ended = once(pooler, 'exit');
  await untilAccepting(port);
  database.host = `127.0.0.1:${port}`;
  database.password = '';
  return {
    url: database.href,
    stop: async () => {
      pooler.kill('SIGINT');
      pooler.kill('SIGKILL');
      await ended;
      await folder.remove();
    },
  };
}
