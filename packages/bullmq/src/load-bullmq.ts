import { createRequire } from 'node:module';
import type { BullmqClasses } from './bullmq-types.ts';
import { isObject } from './queue-error.ts';

function hasClasses(loaded: unknown): loaded is BullmqClasses {
  return isObject(loaded) && 'Queue' in loaded && 'Worker' in loaded;
}

/** Loads the peer at first use, so that its absence is an error value and not a crash at import. */
export function loadBullmq(): BullmqClasses {
  const loaded: unknown = createRequire(import.meta.url)('bullmq');
  if (!hasClasses(loaded)) throw Object.assign(new Error('bullmq'), { code: 'MODULE_NOT_FOUND' });
  return loaded;
}
