import { setTimeout as delay } from 'node:timers/promises';
import type { Servers } from '../host/start-servers.ts';
import type { Disaster } from './disasters.ts';
import type { WorkerCrew } from './worker-crew.ts';

/** Lets every disaster happen at its time; resolves when the last one is over. */
export async function strikeInTime(
  disasters: readonly Disaster[],
  runMs: number,
  crew: WorkerCrew,
  servers: Servers,
  freezeMs: number,
): Promise<void> {
  async function strike({ kind }: Disaster): Promise<void> {
    switch (kind) {
      case 'kill':
        return crew.killOne();
      case 'freeze':
        return crew.freezeOne(freezeMs);
      case 'restart_redis':
        return servers.redis?.restart({ wipe: false });
      case 'wipe_redis':
        return servers.redis?.restart({ wipe: true });
      case 'restart_postgres':
        return servers.postgres.restart();
    }
  }
  await Promise.all(
    disasters.map(async (disaster) => {
      await delay(disaster.at * runMs);
      await strike(disaster);
    }),
  );
}
