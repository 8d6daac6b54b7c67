import type { Mapping } from '../mapping/mapping.ts';
import type { ContactHasher, RecallRules } from '../planner/knowledge.ts';
import type { PlanRules } from '../planner/next-call.ts';
import type { WhatsAppRules } from '../planner/whatsapp.ts';
import type { Clock } from '../ports/clock.ts';
import type { ContactGateway } from '../ports/contact-gateway.ts';
import type { OrderStore } from '../ports/order-store.ts';
import type { SyncEvent } from './events.ts';
import type { SyncSettings } from './options.ts';
import type { PhoneReader } from './phone-reader.ts';

export interface PhoneHasher extends ContactHasher {
  tombstone(phone: string): string;
  bucket(phone: string): number;
}

/** What every step of a sync works with. */
export interface EngineParts<O> {
  readonly store: OrderStore<O>;
  readonly gateway: ContactGateway;
  readonly mapping: Mapping<O>;
  readonly settings: SyncSettings;
  readonly hasher: PhoneHasher;
  readonly readPhone: PhoneReader;
  readonly clock: Clock;
  readonly random: () => number;
  /** Never throws. */
  readonly emit: (event: SyncEvent) => void;
  /** Whether the rejected key was told; the next success resets it. */
  readonly key: { rejected: boolean };
  /** Leases that could not be given back because the store failed, by the order that was worked. */
  readonly leftLeases: Map<string, string>;
}

/** Tells once that the service rejects the key. */
export function tellRejectedKey<O>({ key, emit }: EngineParts<O>): void {
  if (key.rejected) return;
  key.rejected = true;
  emit({ kind: 'key-rejected' });
}

export function planRules<O>({ gateway, settings }: EngineParts<O>): PlanRules {
  const { conflictOnCreate, checksWhatsApp } = gateway.capabilities;
  return { conflictOnCreate, checksWhatsApp, lookFirst: settings.lookFirst };
}

export function whatsAppRules<O>({ gateway, settings }: EngineParts<O>): WhatsAppRules {
  return {
    canCheck: gateway.capabilities.checksWhatsApp,
    alwaysCheck: settings.alwaysCheckWhatsApp,
    maxAgeMs: settings.whatsAppMaxAgeMs,
  };
}

export function recallRules<O>({ gateway, settings }: EngineParts<O>, force: boolean): RecallRules {
  return {
    force,
    updatesInOneRequest: gateway.capabilities.updatesInOneRequest,
    verifyAfterMs: settings.verifyAfterMs ?? null,
  };
}
