import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { misbehaviours, serve } from '../../packages/client/test/misbehaving-servers.ts';

const timeoutMs = 2_000;
/** Far beyond the timeout of a request, whatever the machine does meanwhile. */
const patienceMs = 60_000;
const secrets = ['key-that-nobody-may-see', 'value-that-nobody-may-see', '447700900123', '127.0.0.1'];
const [apiKey = '', value = '', phone = ''] = secrets;

/** Runs in the host, with nothing but the installed package. */
const script = `
import { inspect } from 'node:util';
import { createCbbClient } from '@visanet/cbb-client';

const { urls, apiKey, value, phone, timeoutMs } = JSON.parse(process.argv[2]);
const told = [];
for (const contract of ['plan', 'v1.1']) {
  told.push(await Promise.all(urls.map(async (baseUrl) => {
    const lines = [];
    const keep = (line) => lines.push(line);
    const options = { apiKey, baseUrl, timeoutMs, retry: { attempts: 1 }, logger: { debug: keep, warn: keep } };
    const { contacts } = createCbbClient({ contract, ...options });
    const { error } = await contacts.create({ phone, name: value, fields: {} });
    const { kind, code = null, effect } = error;
    return { kind, code, effect, seen: [inspect(error, { depth: 9 }), JSON.stringify(error), ...lines].join() };
  })));
}
console.log(JSON.stringify(told));
`;

interface Told {
  readonly kind: string;
  readonly code: string | null;
  readonly effect: string;
  readonly seen: string;
}

/** The built client against servers that do everything wrong: each ends as it should, and nothing is given away. */
export async function checkMisbehavingServers(host: string, runtime: string): Promise<void> {
  const servers = await Promise.all(misbehaviours.map(([, answer]) => serve(answer)));
  const file = join(host, 'misbehaving-servers.mjs');
  writeFileSync(file, script);
  const given = { urls: servers.map(({ url }) => url), apiKey, value, phone, timeoutMs };
  const child = spawn(runtime, [file, JSON.stringify(given)], {
    cwd: host,
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: patienceMs,
  });
  const [output, [status]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  await Promise.all(servers.map((server) => server.close()));
  if (status !== 0)
    throw new Error(`${runtime}: a misbehaving server ended the client, or was never left alone`);
  const told: readonly (readonly Told[])[] = JSON.parse(output);
  const problems = told.flatMap((answers) => answers.flatMap(problemsOf));
  if (problems.length > 0) throw new Error([runtime, ...problems].join('\n'));
}

function problemsOf({ kind, code, effect, seen }: Told, index: number): readonly string[] {
  const [name, , wantedKind, wantedCode] = misbehaviours[index] ?? [];
  const wanted = `${wantedKind} ${wantedCode} unknown`;
  const got = `${kind} ${code} ${effect}`;
  const given = secrets.filter((secret) => seen.includes(secret));
  return [
    ...(got === wanted ? [] : [`a server that ${name}: expected ${wanted}, got ${got}`]),
    ...(given.length === 0
      ? []
      : [`a server that ${name}: the error or the log gives away ${given.join(', ')}`]),
  ];
}
