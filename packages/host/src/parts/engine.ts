import {
  type CbbSyncEngine,
  type ContactGateway,
  createSyncEngine,
  type Mapping,
  type OrderStore,
  type SyncEngineOptions,
  type SyncEvent,
} from '@visanet/cbb-sync';
import type { HostSettings } from '../settings/host-settings.ts';

/** What of the engine's options a host may set beside the environment. */
export type HostEngineOptions = Omit<
  SyncEngineOptions<unknown>,
  'store' | 'gateway' | 'mapping' | 'mode' | 'rolloutPercent' | 'hashSecret' | 'onEvent'
>;

interface EngineParts<O> {
  readonly store: OrderStore<O>;
  readonly gateway: ContactGateway;
  readonly mapping: Mapping<O>;
  readonly onEvent: (event: SyncEvent) => void;
}

export function openEngine<O>(
  parts: EngineParts<O>,
  { engine }: HostSettings,
  options: HostEngineOptions = {},
): CbbSyncEngine {
  const { hashSecret, ...settings } = engine;
  return createSyncEngine<O>({
    ...options,
    ...parts,
    ...settings,
    ...(hashSecret === null ? {} : { hashSecret }),
  });
}
