import type { SyncSettings } from './sync-settings.ts';

export interface WorkerOrder {
  readonly settings: SyncSettings;
  readonly concurrency: number;
}

/** What the harness tells a worker process. */
export type WorkerCommand =
  | { readonly kind: 'start'; readonly order: WorkerOrder }
  | { readonly kind: 'stop' }
  /** Answered after a garbage collection. */
  | { readonly kind: 'measure_heap' };

/** What a worker process tells the harness. */
export type WorkerNews =
  | { readonly kind: 'ready' }
  /** The engine says that the service rejects the key. */
  | { readonly kind: 'key_rejected' }
  /** The adapter takes no more jobs; the process ends by itself. */
  | { readonly kind: 'halted'; readonly reason: string }
  /** A job found its phone taken over by another worker. */
  | { readonly kind: 'lease_lost' }
  | { readonly kind: 'heap'; readonly usedBytes: number }
  | { readonly kind: 'stopped'; readonly how: string };
