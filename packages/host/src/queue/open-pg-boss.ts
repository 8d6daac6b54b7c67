import type { PgBossLike } from '@visanet/cbb-pg-boss';
import { queueUnavailable } from '@visanet/cbb-queue';
import { hasMethods } from '@visanet/cbb-sync';
import { errAsync, okAsync, ResultAsync } from 'neverthrow';
import type { HostQueue } from '../cbb-sync.ts';
import type { Materials } from '../compose/parts.ts';
import { type HostError, invalidConfiguration } from '../errors/host-error.ts';
import type { QueueOptions, QueueParts } from '../options/host-options.ts';
import { endsWithin } from '../parts/ends-within.ts';
import { loadPeer } from '../parts/load-peer.ts';

type BossMaterials = Pick<Materials, 'settings' | 'closing' | 'tellDriver'>;

const stopMs = 5_000;
const mostConnections = 8;

const bossProblem = hasMethods(
  'upsert',
  'work',
  'offWork',
  'getQueue',
  'createQueue',
  'updateQueue',
  'on',
  'off',
);
const isBoss = (value: object): value is PgBossLike => bossProblem(value) === undefined;

/** On an instance of the host's, or on one that is started here. */
export function openPgBoss(
  options: QueueOptions,
  parts: QueueParts,
  materials: BossMaterials,
): ResultAsync<HostQueue, HostError> {
  const { queueName, pollingIntervalMs } = options;
  const adapter = loadPeer('@visanet/cbb-pg-boss', () => import('@visanet/cbb-pg-boss'));
  return adapter.andThen(({ createPgBossSync }) =>
    bossOf(options, materials).map((boss) =>
      createPgBossSync({
        ...parts,
        boss,
        onDriverError: (error) => materials.tellDriver('Postgres', error),
        ...(queueName === undefined ? {} : { queueName }),
        ...(pollingIntervalMs === undefined ? {} : { pollingIntervalMs }),
      }),
    ),
  );
}

function bossOf(options: QueueOptions, materials: BossMaterials): ResultAsync<PgBossLike, HostError> {
  const { boss } = options;
  if (boss === undefined) return startBoss(options, materials);
  if (isBoss(boss)) return okAsync(boss);
  return errAsync(invalidConfiguration(['queueOptions.boss must be an instance of pg-boss']));
}

function startBoss(
  { schema, superviseIntervalMs }: QueueOptions,
  { settings, closing, tellDriver }: BossMaterials,
): ResultAsync<PgBossLike, HostError> {
  const { url, directUrl } = settings.database;
  const seconds = superviseIntervalMs === undefined ? undefined : Math.ceil(superviseIntervalMs / 1_000);
  return loadPeer('pg-boss', () => import('pg-boss')).andThen(({ PgBoss }) => {
    const boss = new PgBoss({
      connectionString: directUrl ?? url ?? '',
      application_name: 'cbb pg-boss',
      max: mostConnections,
      // Notifications need a session of their own, which a pooler does not give.
      useListenNotify: directUrl !== null,
      ...(schema === undefined ? {} : { schema }),
      ...(seconds === undefined
        ? {}
        : { superviseIntervalSeconds: seconds, monitorIntervalSeconds: seconds }),
    });
    // Until the adapter listens: an 'error' event without a listener ends the process.
    boss.on('error', () => undefined);
    const stop = async () => {
      await endsWithin(boss.stop({ graceful: false }), stopMs);
    };
    return ResultAsync.fromPromise(
      boss.start().catch(async (cause: unknown) => {
        tellDriver('Postgres', cause);
        await stop();
        throw cause;
      }),
      (cause) => queueUnavailable('pg-boss', 'Postgres', cause),
    ).map(() => {
      closing.add(stop);
      return boss;
    });
  });
}
