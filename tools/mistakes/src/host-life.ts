import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { type CbbSync, type CbbSyncOptions, createCbbSync } from '@visanet/cbb-host';
import { defineMapping } from '@visanet/cbb-sync';
import type { Environment } from './mistake.ts';

/** An error or an event, as a host's log would hold it. */
export interface Told {
  readonly kind: string;
  readonly text: string;
}

export interface HostLife {
  readonly environment: Environment;
  readonly orderId: string;
  /** Default export as the command line takes it; null: the presets. */
  readonly module: string | null;
  readonly options?: object;
  /** Nothing more is waited for. */
  readonly enough: (told: Told) => boolean;
}

const limitMs = 20_000;
const sweepIntervalMs = 200;

/** A host from its start on: it composes the sync, starts its worker, enqueues the order, and hears what comes. */
export async function liveAsHost(life: HostLife): Promise<readonly Told[]> {
  const heard: Told[] = [];
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  function tell(word: { readonly kind: string }): void {
    const told = { kind: word.kind, text: JSON.stringify(word) };
    if (heard.some(({ text }) => text === told.text)) return;
    heard.push(told);
    // A worker that has halted has nothing to add.
    if (life.enough(told) || told.kind === 'worker-halted') end();
  }
  const cbb = await compose(life, tell);
  if (cbb === null) return heard;
  const outOfTime = new AbortController();
  await Promise.race([
    ended,
    work(cbb, life.orderId, tell, ended),
    delay(limitMs, undefined, { signal: outOfTime.signal }),
  ]);
  outOfTime.abort();
  await cbb.close({ graceMs: 1_000 }).match(
    () => undefined,
    () => undefined,
  );
  return heard;
}

type Tell = (word: { readonly kind: string }) => void;

async function compose(life: HostLife, tell: Tell): Promise<CbbSync | null> {
  try {
    const created = await createCbbSync({
      environment: life.environment,
      onEvent: tell,
      ...(await importOptions(life.module)),
      ...life.options,
    });
    if (created.isOk()) return created.value;
    tell(created.error);
  } catch (thrown) {
    tell(
      Object.assign({ kind: 'wrong_options', message: thrown instanceof TypeError ? thrown.message : '' }),
    );
  }
  return null;
}

/** A host hands over what its module holds. */
async function importOptions(module: string | null): Promise<CbbSyncOptions> {
  if (module === null) return {};
  const { mapping, store } = (await import(pathToFileURL(module).href)).default;
  return {
    ...(mapping === undefined ? {} : { mapping: defineMapping(mapping) }),
    ...(store === undefined ? {} : { storeOptions: store }),
  };
}

async function work(cbb: CbbSync, orderId: string, tell: Tell, ended: Promise<void>): Promise<void> {
  const started = await cbb.startWorker({ sweepIntervalMs });
  if (started.isErr()) return tell(started.error);
  const enqueued = await cbb.enqueue(orderId);
  if (enqueued.isErr()) tell(enqueued.error);
  await ended;
}
