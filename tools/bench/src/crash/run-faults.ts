import { createRandom } from '../bench/trace/random.ts';
import { atLeast, exactly } from '../host/checks.ts';
import { makeChanges } from '../host/make-changes.ts';
import { openScene } from '../host/open-scene.ts';
import { shortTiming } from '../host/sync-settings.ts';
import { waitUntilRest } from '../host/wait-until-rest.ts';
import { createChangeScript, fewestSpellings } from './change-script.ts';
import { type CrashOptions, workerConcurrency, workerCount } from './crash-options.ts';
import type { CrashResult } from './crash-result.ts';
import { planDisasters } from './disasters.ts';
import { isUnclear, judgeEndState } from './oracle.ts';
import { readEndState } from './read-end-state.ts';
import { strikeInTime } from './strike.ts';
import { transientFaults } from './transient-faults.ts';
import { startCrew } from './worker-crew.ts';

const msPerChange = 34;
const msPerKill = 3_000;
const restMs = 30_000;

/** Lets the host and its workers live through everything, and judges what is left. */
export async function runFaults(
  options: CrashOptions,
  onProgress: (step: string) => void,
): Promise<CrashResult> {
  const { queue, kills, seed, orders, contract } = options;
  const script = createChangeScript(options);
  const runMs = Math.max(script.changes.length * msPerChange, kills * msPerKill);
  const startedAt = performance.now();
  const scene = await openScene({
    queue,
    contract,
    seed,
    withoutWhatsApp: script.withoutWhatsApp,
    faults: transientFaults(contract),
    timing: shortTiming,
  });
  const { host, settings, servers, service } = scene;
  const order = { settings, concurrency: workerConcurrency };
  const crew = await startCrew(workerCount, order, createRandom(seed));
  try {
    onProgress(`${script.changes.length} changes, ${kills} kills in ${Math.round(runMs / 1_000)} s`);
    const freezeMs = settings.timing.leaseMs + 2_000;
    await Promise.all([
      makeChanges(host, script.changes, runMs),
      strikeInTime(planDisasters(kills, servers.redis !== null), runMs, crew, servers, freezeMs),
    ]);
    onProgress('waiting until nothing is due');
    const first = await waitUntilRest(host.pool, restMs);
    const failedBefore = await host.retryFailed();
    onProgress(`retry-failed: ${failedBefore} orders`);
    const second = await waitUntilRest(host.pool, restMs);
    const { losses } = crew;
    await crew.stop();
    const end = await readEndState(host.pool, service);
    const news = crew.news();
    const count = (kind: string) => news.filter((entry) => entry.kind === kind).length;
    return {
      options,
      checks: [
        ...judgeEndState(end, {
          contract,
          meaning: script.meaning,
          withoutWhatsApp: new Set(script.withoutWhatsApp),
          orders,
          kills: crew.kills,
        }),
        exactly('orders still due in time', [first, second].filter(({ kind }) => kind !== 'rest').length, 0),
        exactly('workers killed', crew.kills, kills),
        exactly('workers that ended by themselves', losses, 0),
        exactly('workers halted', count('halted'), 0),
        atLeast('spellings of each phone', fewestSpellings(script), 3),
      ],
      facts: {
        changes: script.changes.length,
        'failed before retry-failed': failedBefore,
        frozen: crew.freezes,
        'leases lost': count('lease_lost'),
        requests: Object.values(end.requests).reduce((sum, requests) => sum + requests, 0),
        creates: end.creates.length,
        'unclear creates': end.creates.filter(isUnclear).length,
        seconds: Math.round((performance.now() - startedAt) / 1_000),
      },
    };
  } finally {
    await crew.killAll();
    await scene.close();
  }
}
