import type { FaultRule } from '@visanet/cbb-testkit';
import { type Service, startService } from '../bench/service/start-service.ts';
import { type Host, openHost } from '../host/open-host.ts';
import { type Servers, startServers } from '../host/start-servers.ts';
import { type SyncSettings, shortTiming } from '../host/sync-settings.ts';
import type { ChangeScript } from './change-script.ts';
import type { CrashOptions } from './crash-options.ts';

/** Everything around the workers. */
export interface Scene {
  readonly servers: Servers;
  readonly service: Service;
  readonly settings: SyncSettings;
  readonly host: Host;
  close(): Promise<void>;
}

export async function openScene(
  { queue, contract, seed }: CrashOptions,
  { withoutWhatsApp }: ChangeScript,
  faults: readonly FaultRule[],
): Promise<Scene> {
  const service = await startService({ contract, withoutWhatsApp, seed, faults });
  const servers = await startServers(queue);
  const settings: SyncSettings = {
    queue,
    databaseUrl: servers.postgres.url,
    redisUrl: servers.redis?.url ?? null,
    service: { contract, url: service.url, apiKey: service.apiKey },
    timing: shortTiming,
  };
  const host = await openHost(settings);
  return {
    servers,
    service,
    settings,
    host,
    async close() {
      await host.close();
      await service.stop();
      await servers.stop();
    },
  };
}
