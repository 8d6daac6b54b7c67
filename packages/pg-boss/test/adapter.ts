import type { QueueError, WorkerEvent } from '@visanet/cbb-queue';
import { createScriptedEngine } from '@visanet/cbb-testkit/conformance';
import type { Result } from 'neverthrow';
import { createPgBossSync, type PgBossSyncOptions } from '../src/index.ts';

export function freshName(): string {
  return `test-${Math.random().toString(36).slice(2)}`;
}

/** An adapter on a scripted engine, with what it told. */
export function createAdapter(options: Omit<PgBossSyncOptions, 'engine' | 'onEvent'>, leaseMs = 2_000) {
  const scripted = createScriptedEngine('on', leaseMs);
  const events: WorkerEvent[] = [];
  const adapter = createPgBossSync({
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
