import { createBullmqSync } from '@visanet/cbb-bullmq';
import { createFunctionSync, type FunctionSync } from '@visanet/cbb-function';
import { createPgBossSync } from '@visanet/cbb-pg-boss';
import type { QueueAdapter, WorkerEvent } from '@visanet/cbb-queue';
import type { CbbConfiguration, SyncEngine } from '@visanet/cbb-sync';
import { err, ok, type Result } from 'neverthrow';
import { type Failure, workFailed } from '../failure.ts';
import { choice, text, wholeNumber } from '../options/flags.ts';
import { given } from '../options/given.ts';
import type { Flags } from '../options/read-flags.ts';
import { endsWithin } from './ends-within.ts';

export const queueNames = ['function', 'bullmq', 'pg-boss'] as const;
export type QueueName = (typeof queueNames)[number];

export const queueFlags = {
  queue: choice('function: the store itself; bullmq: REDIS_URL; pg-boss: DATABASE_URL', queueNames).default(
    'function',
  ),
  'queue-name': text('Another name of the queue', 'name').optional(),
  'queue-prefix': text("bullmq: another prefix of its keys than 'bull'", 'prefix').optional(),
  'queue-schema': text("pg-boss: another schema than 'pgboss'", 'schema').optional(),
  'poll-interval-ms': wholeNumber('pg-boss: longest time until a job is seen (default 500)', {
    hint: 'ms',
    min: 500,
  }).optional(),
  'supervise-interval-ms': wholeNumber('pg-boss: time between two looks for dead workers (default 60000)', {
    hint: 'ms',
    min: 1_000,
  }).optional(),
};

export type QueueFlags = Flags<typeof queueFlags>;

/** The settings that a queue cannot do without. */
export function queueSettings(queue: QueueName): readonly string[] {
  return queue === 'bullmq' ? ['REDIS_URL'] : [];
}

export interface OpenQueue {
  readonly adapter: QueueAdapter;
  /** The same adapter where its queue is the store. */
  readonly direct: FunctionSync | null;
  /** Releases what the adapter does not own; after `adapter.close`. */
  release(): Promise<void>;
}

interface QueueParts {
  readonly configuration: CbbConfiguration;
  readonly engine: SyncEngine;
  readonly onEvent: (event: WorkerEvent) => void;
}

const nothing = async () => undefined;

export async function openQueue(parts: QueueParts, flags: QueueFlags): Promise<Result<OpenQueue, Failure>> {
  const { configuration, engine, onEvent } = parts;
  const common = { engine, onEvent };
  const swept = { ...common, sweepBatchSize: configuration.sync.batchSize };
  switch (flags.queue) {
    case 'function': {
      const direct = createFunctionSync(common);
      return ok({ adapter: direct, direct, release: nothing });
    }
    case 'bullmq': {
      const names = given({ queueName: flags['queue-name'], prefix: flags['queue-prefix'] });
      const connection = { url: configuration.redisUrl ?? '' };
      return ok({
        adapter: createBullmqSync({ ...swept, ...names, connection }),
        direct: null,
        release: nothing,
      });
    }
    case 'pg-boss':
      return openPgBoss(parts, flags);
  }
}

async function openPgBoss(
  { configuration, engine, onEvent }: QueueParts,
  flags: QueueFlags,
): Promise<Result<OpenQueue, Failure>> {
  const { PgBoss } = await import('pg-boss');
  const { databaseUrl, databaseDirectUrl } = configuration;
  const superviseMs = flags['supervise-interval-ms'];
  const seconds = superviseMs === undefined ? undefined : Math.ceil(superviseMs / 1_000);
  const boss = new PgBoss({
    connectionString: databaseDirectUrl ?? databaseUrl ?? '',
    application_name: 'cbb pg-boss',
    max: 8,
    // Notifications need a session of their own, which a pooler does not give.
    useListenNotify: databaseDirectUrl !== null,
    ...given({
      schema: flags['queue-schema'],
      superviseIntervalSeconds: seconds,
      monitorIntervalSeconds: seconds,
    }),
  });
  // Until the adapter listens: an 'error' event without a listener ends the process.
  boss.on('error', () => undefined);
  const started = await boss.start().then(
    () => true,
    () => false,
  );
  const stop = async () => {
    await endsWithin(boss.stop({ graceful: false }), 5_000);
  };
  if (!started) {
    await stop();
    return err(
      workFailed({
        kind: 'queue_unavailable',
        message: 'pg-boss could not start: Postgres did not answer, or its role may not create the schema',
      }),
    );
  }
  const adapter = createPgBossSync({
    engine,
    onEvent,
    boss,
    sweepBatchSize: configuration.sync.batchSize,
    ...given({ queueName: flags['queue-name'], pollingIntervalMs: flags['poll-interval-ms'] }),
  });
  return ok({ adapter, direct: null, release: stop });
}
