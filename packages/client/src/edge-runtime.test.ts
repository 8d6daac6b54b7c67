import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createSimulator, startSimulatorServer } from '@visanet/cbb-testkit';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildPackage } from '../test/build-package.ts';
import { phone } from '../test/set-up.ts';

const require = createRequire(import.meta.url);

const worker = `
import { createCbbClient, detectContract } from './client.js';

export default {
  async fetch(request) {
    const { contract, ...options } = await request.json();
    const told = (result) => result.match((value) => value, ({ kind, code }) => ({ kind, code }));
    const { contacts } = createCbbClient({ contract, retry: { attempts: 1 }, ...options });
    const answers = [
      told(await detectContract(options)),
      told(await contacts.create({ phone: '${phone}', fields: { branch: 'il' } })),
      told(await contacts.update('${phone}', { set: { branch: 'ru' }, clear: [] })),
      told(await contacts.find('${phone}')),
    ];
    return Response.json(answers);
  },
};
`;

const configuration = `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .client),
    (name = "internet", network = (allow = ["public", "private", "local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const client :Workerd.Worker = (
  modules = [
    (name = "worker.js", esModule = embed "worker.js"),
    (name = "client.js", esModule = embed "client.js"),
  ],
  compatibilityDate = "2026-01-01",
  globalOutbound = "internet",
);
`;

let folder: string;
let runtime: ChildProcess | undefined;
let origin: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cbb-edge-'));
  const built = await buildPackage('edge-bundle');
  await build({
    entryPoints: [join(built.folder, 'index.js')],
    outfile: join(folder, 'client.js'),
    bundle: true,
    platform: 'browser',
    format: 'esm',
    logLevel: 'silent',
  });
  await built.remove();
  await writeFile(join(folder, 'worker.js'), worker);
  await writeFile(join(folder, 'config.capnp'), configuration);
  // The binary itself: the launcher of the package would leave it behind when it is ended.
  const command = String(require('workerd').default);
  const started = spawn(command, ['serve', 'config.capnp', '--control-fd=1'], { cwd: folder });
  runtime = started;
  const lines = createInterface({ input: started.stdout });
  const [line] = await once(lines, 'line');
  origin = `http://127.0.0.1:${JSON.parse(String(line)).port}`;
}, 120_000);

afterAll(async () => {
  if (runtime !== undefined && runtime.exitCode === null) {
    const exited = once(runtime, 'exit');
    runtime.kill();
    await exited;
  }
  await rm(folder, { recursive: true, force: true });
});

describe('the built package in workerd', () => {
  let close = async () => {};
  afterEach(() => close());

  it.each(['plan', 'v1.1'] as const)('speaks %s, and follows no redirect', async (contract) => {
    const simulator = createSimulator({ contract });
    const server = await startSimulatorServer(simulator);
    close = server.close;
    const run = async () => {
      const options = { contract, apiKey: simulator.apiKey, baseUrl: server.url };
      const answered = await fetch(origin, { method: 'POST', body: JSON.stringify(options) });
      return answered.json();
    };
    const account = contract === 'plan' ? 'default' : '1000001';
    const found = { id: phone, fields: { branch: 'ru' } };
    expect(await run()).toMatchObject([{ contract, account }, { whatsApp: 'yes' }, {}, found]);
    simulator.configure({ faults: [{ fault: { kind: 'redirect' } }] });
    expect(await run()).toMatchObject(
      Array.from({ length: 4 }, () => ({ kind: 'unexpected_body', code: 'redirect' })),
    );
  });
});
