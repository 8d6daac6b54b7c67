import type { FaultRule } from '@visanet/cbb-testkit';
import type { ContractName } from '../bench/contract.ts';
import { type Service, startService } from '../bench/service/start-service.ts';
import type { Pricing } from '../bench/trace/floor.ts';
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
  /** @default the contract's usual one */
  readonly pricing?: Pricing;
  /** Without it only what our statements write reaches the log: no full pages, no vacuum. @default true */
  readonly durable?: boolean;
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
  const { queue, contract, timing, pricing, durable = true, ...rest } = options;
  const service = await startService({ contract, ...rest });
  const servers = await startServers(queue, durable);
  const settings: SyncSettings = {
    queue,
    databaseUrl: servers.postgres.url,
    redisUrl: servers.redis?.url ?? null,
    service: {
      contract,
      url: service.url,
      apiKey: service.apiKey,
      ...(pricing === undefined ? {} : { pricing }),
    },
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
