import type { QueueError, WorkerEvent } from '@visanet/cbb-queue';
import { createScriptedEngine } from '@visanet/cbb-testkit/conformance';
import type { Result } from 'neverthrow';
import { type BullmqSyncOptions, createBullmqSync } from '../src/index.ts';

export const redisUrl = process.env.REDIS_URL ?? '';

export function freshName(): string {
  return `test-${Math.random().toString(36).slice(2)}`;
}

/** An adapter on a scripted engine, with what it told. */
export function createAdapter(options: Omit<BullmqSyncOptions, 'engine' | 'onEvent'>) {
  const scripted = createScriptedEngine();
  const events: WorkerEvent[] = [];
  const adapter = createBullmqSync({
    ...options,
    engine: scripted.engine,
    onEvent: (event) => void events.push(event),
  });
  return { scripted, events, adapter };
}

export function okOf<T>(result: Result<T, QueueError>): T {
  if (result.isErr()) throw new Error(`${result.error.kind}: ${result.error.message}`);
  return result.value;
}

export function errorOf(result: Result<unknown, QueueError>): QueueError {
  if (result.isOk()) throw new Error('expected an error');
  return result.error;
}
