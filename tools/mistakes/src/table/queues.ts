import { createCbbSyncOrThrow } from '@visanet/cbb-host';
import type { Mistake } from '../mistake.ts';
import type { World } from '../world.ts';
import { each, hearsOn } from './words.ts';

/** A host on another database, whose jobs come into the same queue. */
async function enqueueElsewhere({ copy, prefix }: World): Promise<void> {
  const other = await createCbbSyncOrThrow({
    environment: { DATABASE_URL: await copy(), REDIS_URL: process.env.REDIS_URL },
    offline: true,
    queue: 'bullmq',
    queueOptions: { prefix },
  });
  await other.enqueue('IL250101GB77');
  await other.close();
}

/** A worker of the same database on another queue. */
async function workBeside(world: World): Promise<void> {
  const { databaseUrl, prefix, origin, simulator, ending } = world;
  const beside = await createCbbSyncOrThrow({
    environment: {
      CBB_API_URL: `${origin}/api`,
      CBB_API_KEY: simulator.apiKey,
      CBB_API_CONTRACT: simulator.contract,
      CBB_HASH_SECRET: world.hashSecret,
      DATABASE_URL: databaseUrl,
      REDIS_URL: process.env.REDIS_URL,
    },
    queue: 'bullmq',
    queueOptions: { prefix, queueName: 'beside' },
  });
  await beside.startWorker({ sweepIntervalMs: 100 });
  ending({ stop: async () => void (await beside.close({ graceMs: 1_000 })) });
}

/** Queues that more than one sync works. */
export const queueMistakes: readonly Mistake[] = [
  {
    name: 'one queue for two databases',
    make: enqueueElsewhere,
    commands: [
      {
        line: 'worker --queue=bullmq --sweep-interval-ms=50 --log=json',
        code: 0,
        says: [/order_not_found/, /another database works the same queue/, /"outcome":"updated"/],
        untilSaid: true,
      },
    ],
    host: hearsOn('bullmq', 'job-errored', /order_not_found/, /another database works the same queue/),
  },
  {
    name: 'two queues for one database',
    make: workBeside,
    commands: each(['sweep'], 0, /failed +0/),
    // A queue of jobs: the host's own job ends, whichever of the two workers wrote the order.
    host: hearsOn('bullmq', 'job-finished', /"status":"synced"/),
  },
];
