import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';
import { isRoot, serverUser, temporaryFolder } from './temporary-folder.ts';

const run = promisify(execFile);

export interface PostgresServer {
  /** Connection string of a superuser of an empty database. */
  readonly url: string;
  /** Stops the server at once, as a crash would, and starts it again on the same port and data. */
  restart(): Promise<void>;
  /** Stops the server and deletes its data. */
  stop(): Promise<void>;
}

export interface PostgresServerOptions {
  /** Survive `restart` without losing commits (`synchronous_commit=on`); slower. @default false */
  readonly durable?: boolean;
  /** A server of its own whatever `DATABASE_URL` says: only that can be restarted. @default false */
  readonly private?: boolean;
  /** Of a private server, as in `autovacuum=off`. @default none */
  readonly settings?: readonly string[];
}

/** Runs a program of the server; as root by way of the user that Postgres allows. */
async function runAsServerUser(program: string, args: readonly string[]): Promise<void> {
  const [command, ...rest] = isRoot
    ? ['runuser', '-u', serverUser, '--', program, ...args]
    : [program, ...args];
  await run(command ?? program, rest, { cwd: '/' });
}

/** A server of our own in any case, for tests that restart it. */
export async function startPrivatePostgres({
  durable = false,
  settings: given = [],
}: PostgresServerOptions = {}): Promise<PostgresServer> {
  const binaries = await findPostgresBinaries();
  const folder = await temporaryFolder('cbb-postgres-');
  const data = join(folder.path, 'data');
  const port = await freePort();
  const control = join(binaries, 'pg_ctl');
  const settings = [
    `-p ${port}`,
    `-k ${folder.path}`,
    '-c listen_addresses=127.0.0.1',
    '-c max_connections=200',
    ...given.map((setting) => `-c ${setting}`),
    ...(durable ? [] : ['-c fsync=off', '-c synchronous_commit=off', '-c full_page_writes=off']),
  ].join(' ');
  const start = () =>
    runAsServerUser(control, [
      '-D',
      data,
      '-w',
      '-s',
      '-l',
      join(folder.path, 'log'),
      '-o',
      settings,
      'start',
    ]);
  const halt = () => runAsServerUser(control, ['-D', data, '-m', 'immediate', '-w', 'stop']);

  try {
    await runAsServerUser(join(binaries, 'initdb'), [
      ...['-D', data, '-U', serverUser, '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    ]);
    await start();
  } catch (error) {
    await folder.remove();
    throw error;
  }
  return {
    url: `postgresql://${serverUser}@127.0.0.1:${port}/postgres`,
    restart: async () => {
      await halt();
      await start();
    },
    stop: async () => {
      await halt();
      await folder.remove();
    },
  };
}

/** The server that `DATABASE_URL` names, else a private one. A given server is neither restarted nor stopped. */
export async function startPostgres(options: PostgresServerOptions = {}): Promise<PostgresServer> {
  const given = process.env.DATABASE_URL;
  if (options.private || given === undefined || given === '') {
    return startPrivatePostgres(options);
  }
  return {
    url: given,
    restart: () => Promise.reject(new Error('The server that DATABASE_URL names is not ours to restart.')),
    stop: () => Promise.resolve(),
  };
}
