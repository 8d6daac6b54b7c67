import { createRandom } from '../bench/trace/random.ts';
import { exactly } from '../host/checks.ts';
import { makeChanges } from '../host/make-changes.ts';
import { openScene } from '../host/open-scene.ts';
import { patientTiming } from '../host/sync-settings.ts';
import { waitUntilRest } from '../host/wait-until-rest.ts';
import { createChangeScript } from './change-script.ts';
import { type CrashOptions, workerConcurrency, workerCount } from './crash-options.ts';
import type { CrashResult } from './crash-result.ts';
import { judgeEndState } from './oracle.ts';
import { readEndState, readOrders } from './read-end-state.ts';
import { startCrew } from './worker-crew.ts';

const msPerChange = 10;
const haltMs = 30_000;
const restMs = 60_000;

/** Workers with a key that the service rejects, then workers with the right one. */
export async function runRejectedKey(
  options: CrashOptions,
  onProgress: (step: string) => void,
): Promise<CrashResult> {
  const { queue, seed, orders, contract } = options;
  const script = createChangeScript(options);
  const startedAt = performance.now();
  const scene = await openScene({
    queue,
    contract,
    seed,
    withoutWhatsApp: script.withoutWhatsApp,
    faults: [],
    timing: patientTiming,
  });
  const { host, settings, service } = scene;
  const random = createRandom(seed);
  const wrongKey = { ...settings, service: { ...settings.service, apiKey: '1000001.rejected-key' } };
  const rejected = await startCrew(
    workerCount,
    { settings: wrongKey, concurrency: workerConcurrency },
    random,
  );
  let accepted: Awaited<ReturnType<typeof startCrew>> | null = null;
  try {
    await makeChanges(host, script.changes, script.changes.length * msPerChange);
    onProgress('waiting until the workers have stopped by themselves');
    const exitCodes = await rejected.exitCodes(haltMs);
    const news = rejected.news();
    const count = (kind: string) => news.filter((entry) => entry.kind === kind).length;
    const waiting = await readOrders(host.pool);
    const createsBefore = await service.creates();
    onProgress('starting workers with the right key');
    accepted = await startCrew(workerCount, { settings, concurrency: workerConcurrency }, random);
    const rest = await waitUntilRest(host.pool, restMs);
    await accepted.stop();
    const end = await readEndState(host.pool, service);
    return {
      options,
      checks: [
        exactly(
          'workers that stopped by themselves',
          exitCodes.filter((code) => code === 0).length,
          workerCount,
        ),
        exactly('workers that said why', count('halted'), workerCount),
        exactly('events of a rejected key, one per worker', count('key_rejected'), workerCount),
        exactly('orders that lost an attempt', waiting.filter(({ attempts }) => attempts > 0).length, 0),
        exactly('orders left syncing', waiting.filter(({ status }) => status === 'syncing').length, 0),
        exactly(
          'creates with the rejected key',
          createsBefore.filter(({ carriedOut }) => carriedOut).length,
          0,
        ),
        exactly('orders still due in time', rest.kind === 'rest' ? 0 : rest.unfinished, 0),
        ...judgeEndState(end, {
          contract,
          meaning: script.meaning,
          withoutWhatsApp: new Set(script.withoutWhatsApp),
          orders,
          kills: 0,
        }),
      ],
      facts: {
        changes: script.changes.length,
        'requests with the rejected key': createsBefore.length,
        seconds: Math.round((performance.now() - startedAt) / 1_000),
      },
    };
  } finally {
    await rejected.killAll();
    await accepted?.killAll();
    await scene.close();
  }
}
