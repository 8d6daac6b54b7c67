import type { WorkerEvent } from '@visanet/cbb-queue';
import type { ContractName } from '../bench/contract.ts';
import type { Pricing } from '../bench/trace/floor.ts';
import { type ComposedSync, composeSync, type Instruments } from '../host/compose-sync.ts';
import { openScene, type Scene } from '../host/open-scene.ts';
import type { QueueName } from '../host/queue-name.ts';
import { patientTiming, type Timing } from '../host/sync-settings.ts';

export interface StageOptions {
  readonly queue: QueueName;
  /** @default 'plan' */
  readonly pricing?: Pricing;
  readonly timing?: Timing;
  readonly instruments?: Instruments;
  readonly onWorkerEvent?: (event: WorkerEvent) => void;
}

/** A scene with one sync in this process, to be measured. */
export interface Stage extends Scene {
  readonly sync: ComposedSync;
}

/** Servers of its own, gone when `play` has ended. */
export async function withStage<T>(options: StageOptions, play: (stage: Stage) => Promise<T>): Promise<T> {
  const { queue, pricing = 'plan', timing = patientTiming, instruments, onWorkerEvent } = options;
  const contract: ContractName = pricing === 'plan' ? 'plan' : 'v1.1';
  const scene = await openScene({
    queue,
    contract,
    pricing,
    timing,
    seed: 1,
    withoutWhatsApp: [],
    faults: [],
    durable: false,
  });
  let sync: ComposedSync | null = null;
  try {
    sync = await composeSync(
      scene.settings,
      onWorkerEvent === undefined ? {} : { onWorkerEvent },
      instruments,
    );
    return await play({ ...scene, sync });
  } finally {
    await sync?.close();
    await scene.close();
  }
}
