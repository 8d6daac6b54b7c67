import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './testing/eventually.ts';
import { createDatabase } from './testing/open-test-service.ts';
import { sampleBody } from './testing/samples.ts';

const administrator = new Pool({ connectionString: process.env.DATABASE_URL });
let database: { name: string; url: string };
beforeAll(async () => {
  database = await createDatabase(administrator);
});
afterAll(async () => {
  await administrator.query(`DROP DATABASE ${database.name} WITH (FORCE)`);
  await administrator.end();
});

function start(settings: Readonly<Record<string, string>>) {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--conditions=@visanet/source', main], {
    env: {
      PATH: process.env.PATH,
      NODE_OPTIONS: process.env.NODE_OPTIONS,
      DATABASE_URL: database.url,
      PORT: '0',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, as that of a terminal.
    detached: true,
  });
  const output = { text: '' };
  child.stdout.on('data', (data: Buffer) => {
    output.text += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    output.text += data.toString();
  });
  return { child, output };
}

describe('main', { timeout: 60_000 }, () => {
  it('starts beside a simulator, works an order, and ends with 0 at SIGTERM', async () => {
    const { child, output } = start({ VIZI_API_KEY: 'vizi_test.a-secret-of-tests' });
    const exited = once(child, 'close');
    await eventually('the address', () => output.text.includes('listening') || child.exitCode !== null);
    const url = /listening {2}(\S+)/.exec(output.text)?.[1];
    expect(url, output.text).toBeDefined();
    const response = await fetch(`${url}/api/v1/webhooks/vizi/orders`, {
      method: 'POST',
      headers: { 'x-api-key': 'vizi_test.a-secret-of-tests' },
      body: sampleBody('01_il_plain'),
    });
    expect(response.status).toBe(200);
    await eventually('the sync', () => output.text.includes('"outcome":"created"'));
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    expect(output.text).toContain('"kind":"worker-closed","ended":"drained"');
  });

  it('tells that the port is taken, at once and alone', async () => {
    const other = createServer();
    await once(other.listen(0, '127.0.0.1'), 'listening');
    const address = other.address();
    const port = address !== null && typeof address === 'object' ? String(address.port) : '';
    const { child, output } = start({ VIZI_API_KEY: 'vizi_test.a-secret-of-tests', PORT: port });
    expect(await once(child, 'close')).toEqual([1, null]);
    other.close();
    expect(output.text.trim()).toBe(`Port ${port} is taken: set PORT to another one.`);
  });

  it('leaves no private server and no data when a whole group is told to stop, twice', async () => {
    const { child, output } = start({ DATABASE_URL: '' });
    const closed = once(child, 'close');
    await eventually('the address', () => output.text.includes('listening') || child.exitCode !== null);
    const privateUrl = /postgresql:\S+/.exec(output.text)?.[0];
    expect(privateUrl, output.text).toBeDefined();
    const running = new Pool({ connectionString: privateUrl });
    running.on('error', () => undefined);
    const { rows } = await running.query<{ folder: string }>(
      `SELECT current_setting('data_directory') AS folder`,
    );
    await running.end();
    const group = -(child.pid ?? Number.NaN);
    process.kill(group, 'SIGINT');
    await eventually(
      'the first stop',
      () => output.text.includes('worker-closed') || child.exitCode !== null,
    );
    child.kill('SIGINT');
    expect(await closed).toEqual([0, null]);
    expect(existsSync(rows[0]?.folder ?? '/')).toBe(false);
    expect(() => process.kill(group, 0)).toThrow('ESRCH');
  });

  it('names every wrong setting without its value and ends with 2', async () => {
    const { child, output } = start({ VIZI_API_KEY: 'short', PORT: 'x1', CBB_SYNC_CONCURRENCY: 'many' });
    expect(await once(child, 'close')).toEqual([2, null]);
    expect(output.text.trim().split('\n')).toEqual([
      'CBB_SYNC_CONCURRENCY must be a whole number from 1 to 1000',
      'VIZI_API_KEY must have at least 16 characters',
      'PORT must be a number from 0 to 65535',
    ]);
  });

  it('simulates no service for a database on another machine', async () => {
    const { child, output } = start({
      DATABASE_URL: 'postgresql://db.example.test/orders',
      VIZI_API_KEY: 'vizi_test.a-secret-of-tests',
    });
    expect(await once(child, 'close')).toEqual([2, null]);
    expect(output.text.trim()).toBe('CBB_API_KEY must be set');
  });

  it('asks for a webhook key as soon as anything real is named', async () => {
    const { child, output } = start({});
    expect(await once(child, 'close')).toEqual([2, null]);
    expect(output.text.trim()).toBe('VIZI_API_KEY must be set');
  });
});
