import { runDueRules } from '@visanet/cbb-queue';
import { checkOptions, hasMethods, optional, rule } from '@visanet/cbb-sync';
import { err, ok, ResultAsync } from 'neverthrow';
import type { CbbSync, ReadyOptions } from '../cbb-sync.ts';
import { type HostError, syncsNothing } from '../errors/host-error.ts';
import { deferEngine } from '../queue/deferred-engine.ts';
import { openQueue } from '../queue/open-queue.ts';
import { checkSwitchedOn } from '../worker/check-switched-on.ts';
import { createWorker } from '../worker/create-worker.ts';
import { runDue } from '../worker/run-due.ts';
import { createWorkerLife } from '../worker/worker-life.ts';
import { eitherSignal } from './either-signal.ts';
import { createPartsFinder } from './find-parts.ts';
import type { Materials } from './parts.ts';

const fewTries = 5;

export function composeSync(materials: Materials): ResultAsync<CbbSync, HostError> {
  const { settings, options, tell } = materials;
  const ending = new AbortController();
  const find = createPartsFinder(materials, ending.signal);
  const life = createWorkerLife(tell);
  const engine = deferEngine(settings.engine, find, life.signal);
  const queueParts = { engine, sweepBatchSize: settings.queue.sweepBatchSize, onEvent: life.tell };
  return openQueue(materials, queueParts).map((queue): CbbSync => {
    const worker = createWorker({ materials, engine, find, queue, life, ending: ending.signal });
    const enqueueRules = {
      // A transaction that is not taken part in would enqueue at once, without a word.
      db: optional(
        queue.capabilities.transactionalEnqueue
          ? hasMethods('executeSql')
          : rule('goes with the queue pg-boss', () => false),
      ),
    };
    const ready = ({ tries = fewTries, signal }: ReadyOptions = {}) =>
      find.whole({ tries, signal: eitherSignal(ending.signal, signal) });
    return {
      settings,
      queue,
      ready,
      startWorker: worker.start,
      enqueue(orderId, enqueueOptions = {}) {
        checkOptions('enqueue', enqueueOptions, enqueueRules);
        return queue.enqueue(orderId, enqueueOptions);
      },
      enqueueMany(orderIds, enqueueOptions = {}) {
        checkOptions('enqueueMany', enqueueOptions, enqueueRules);
        return queue.enqueueMany(orderIds, enqueueOptions);
      },
      sweep: () => checkSwitchedOn(engine).asyncAndThen(() => queue.sweep()),
      runDue(dueOptions) {
        checkOptions('runDue', dueOptions, runDueRules);
        return checkSwitchedOn(engine)
          .andThen(() => (options.offline === true ? err(syncsNothing) : ok()))
          .asyncAndThen(() => new ResultAsync(runDue({ find, tell, ending: ending.signal }, dueOptions)));
      },
      stop: worker.stop,
      close(stopOptions) {
        ending.abort();
        return worker.close(stopOptions);
      },
    };
  });
}
