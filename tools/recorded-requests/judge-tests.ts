import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach } from 'vitest';
import type { Refusal } from '../servers/judge.ts';
import { type ClientRequest, keyOf } from './recorder.ts';

// Loaded before each test file: whatever its client sends, here or in a process of its own, is shown to Prism at the end
// of the file, and a refusal fails the file.

interface Sent {
  readonly request: ClientRequest;
  /** The test that was under way. */
  readonly test: string;
}

/** Prism may have to be started first. */
const judgingMs = 120_000;

// Kept, because a test may put another one in its place.
const { fetch } = globalThis;
const sent = new Map<string, Sent>();
const pending = new Set<Promise<void>>();
let test = 'no test';

function keep(request: ClientRequest): void {
  const key = keyOf(request);
  if (!sent.has(key)) sent.set(key, { request, test });
}

const { env, pid } = process;
const folder = join(tmpdir(), `cbb-requests-${pid}-${env.VITEST_POOL_ID}`);
const recordInChild = new URL('./record-in-child.ts', import.meta.url);
recordInChild.searchParams.set('folder', folder);
const option = `--import=${recordInChild.href}`;
// A worker can run several files.
if (env.NODE_OPTIONS?.includes(option) !== true) env.NODE_OPTIONS = `${env.NODE_OPTIONS ?? ''} ${option}`;
globalThis.requestRecorder = { pending, keep };

function keepThoseOfChildren(): void {
  if (!existsSync(folder)) return;
  test = 'a process that a test started';
  for (const file of readdirSync(folder)) {
    const lines = readFileSync(join(folder, file), 'utf8').split('\n');
    // The last one is empty, or cut off where the process was killed.
    for (const line of lines.slice(0, -1)) keep(JSON.parse(line));
  }
  rmSync(folder, { recursive: true });
}

beforeEach(({ task }) => {
  test = task.fullTestName;
});

afterAll(async () => {
  await Promise.all(pending);
  keepThoseOfChildren();
  if (sent.size === 0) return;
  const requests = [...sent.values()].map(({ request }) => request);
  const body = JSON.stringify(requests);
  const answer = await fetch(env.REQUEST_JUDGE_URL ?? '', { method: 'POST', body });
  if (!answer.ok) throw new Error(`Prism could not judge: ${await answer.text()}`);
  const refusals: readonly Refusal[] = await answer.json();
  const list = refusals.map(({ request, status, reason }) => {
    const { contract, method, target } = request;
    return `${sent.get(keyOf(request))?.test}: ${contract} ${method} ${target} ${request.body}: ${status} ${reason}`;
  });
  sent.clear();
  if (list.length === 0) return;
  throw new Error(`Prism refused ${list.length} of ${requests.length} requests:\n${list.join('\n')}`);
}, judgingMs);
