import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installDebianPackage } from './debian-package.ts';
import { freePort } from './free-port.ts';

export interface RedisServer {
  readonly url: string;
  stop(): Promise<void>;
  /** Kills the server and starts it again on the same port, with its data or without. */
  restart(options: { readonly wipe: boolean }): Promise<void>;
}

const startTimeoutMs = 10_000;

/**
 * A Redis for tests: that of `REDIS_URL` where given, else a private server from an installed binary. As root
 * on Debian a missing binary is installed.
 */
export async function startRedis(): Promise<RedisServer> {
  const given = process.env.REDIS_URL;
  if (given !== undefined && given !== '') return givenServer(given);
  return startPrivateRedis();
}

/** A server of our own in any case, for tests that restart it. */
export function startPrivateRedis(): Promise<RedisServer> {
  return privateServer(findBinary());
}

function givenServer(url: string): RedisServer {
  return {
    url,
    stop: async () => {},
    restart: async () => {
      throw new Error('The Redis of REDIS_URL is not ours to restart. Unset REDIS_URL for this test.');
    },
  };
}

function findBinary(): string {
  const found = which('redis-server') ?? which('valkey-server');
  if (found !== null) return found;
  installDebianPackage('redis-server');
  const installed = which('redis-server');
  if (installed !== null) return installed;
  throw new Error(
    'Redis is needed and redis-server was not found. Install it (Debian, Ubuntu: sudo apt-get install redis-server; macOS: brew install redis) or set REDIS_URL to a running server.',
  );
}

function which(name: string): string | null {
  try {
    return execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

async function privateServer(binary: string): Promise<RedisServer> {
  const directory = mkdtempSync(join(tmpdir(), 'cbb-redis-'));
  const port = await freePort();
  let server = await launch(binary, port, directory);

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, 'exit');
    server.kill(signal);
    await exited;
  }
  const killAtExit = () => server.kill('SIGKILL');
  process.once('exit', killAtExit);

  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      process.off('exit', killAtExit);
      await end('SIGKILL');
      rmSync(directory, { recursive: true, force: true });
    },
    async restart({ wipe }) {
      // SIGKILL is the harder case: what the append-only file holds is all that survives.
      await end('SIGKILL');
      if (wipe) rmSync(join(directory, 'appendonlydir'), { recursive: true, force: true });
      server = await launch(binary, port, directory);
    },
  };
}

async function launch(binary: string, port: number, directory: string): Promise<ChildProcess> {
  const server = spawn(
    binary,
    [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      directory,
      '--save',
      '',
      '--appendonly',
      'yes',
      '--appendfsync',
      'always',
    ],
    { stdio: 'ignore' },
  );
  const deadline = Date.now() + startTimeoutMs;
  while (!(await answers(port))) {
    if (server.exitCode !== null || Date.now() > deadline) {
      server.kill('SIGKILL');
      throw new Error(`redis-server did not start on port ${port}.`);
    }
  }
  return server;
}

/** Ready only when PING is answered: while it loads its data it accepts connections but serves nothing. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const finish = (ready: boolean) => {
      socket.destroy();
      setTimeout(() => resolve(ready), ready ? 0 : 20);
    };
    socket.once('data', (data) => finish(data.toString().startsWith('+PONG')));
    socket.once('error', () => finish(false));
  });
}
