import type { FaultRule } from '@visanet/cbb-testkit';
import type { ContractName } from '../bench/contract.ts';
import { type Service, startService } from '../bench/service/start-service.ts';
import { type Host, openHost } from './open-host.ts';
import type { QueueName } from './queue-name.ts';
import { type Servers, startServers } from './start-servers.ts';
import type { SyncSettings, Timing } from './sync-settings.ts';

export interface SceneOptions {
  readonly queue: QueueName;
  readonly contract: ContractName;
  readonly seed: number;
  /** Phones in digits. */
  readonly withoutWhatsApp: readonly string[];
  readonly faults: readonly FaultRule[];
  readonly timing: Timing;
}

/** Everything around the workers. */
export interface Scene {
  readonly servers: Servers;
  readonly service: Service;
  readonly settings: SyncSettings;
  readonly host: Host;
  close(): Promise<void>;
}

export async function openScene(options: SceneOptions): Promise<Scene> {
  const { queue, contract, timing, ...rest } = options;
  const service = await startService({ contract, ...rest });
  const servers = await startServers(queue);
  const settings: SyncSettings = {
    queue,
    databaseUrl: servers.postgres.url,
    redisUrl: servers.redis?.url ?? null,
    service: { contract, url: service.url, apiKey: service.apiKey },
    timing,
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
