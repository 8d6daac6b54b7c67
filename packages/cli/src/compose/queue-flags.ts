import type { QueueName, QueueOptions } from '@visanet/cbb-host';
import { choice, text, wholeNumber } from '../options/flags.ts';
import { given } from '../options/given.ts';
import type { Flags } from '../options/read-flags.ts';

const queueNames = ['function', 'bullmq', 'pg-boss'] as const satisfies readonly QueueName[];

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

/** What the flags say of the chosen queue; those of another queue have no say. */
export function queueOptionsOf(flags: Partial<QueueFlags>): QueueOptions {
  const queueName = flags['queue-name'];
  switch (flags.queue ?? 'function') {
    case 'function':
      return {};
    case 'bullmq':
      return given({ queueName, prefix: flags['queue-prefix'] });
    case 'pg-boss':
      return given({
        queueName,
        schema: flags['queue-schema'],
        pollingIntervalMs: flags['poll-interval-ms'],
        superviseIntervalMs: flags['supervise-interval-ms'],
      });
  }
}
