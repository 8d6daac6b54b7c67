import type { FaultKind, FaultRule } from '@visanet/cbb-testkit';
import type { ContractName } from '../contract.ts';

export interface ServiceSettings {
  readonly contract: ContractName;
  /** Phones in digits. */
  readonly withoutWhatsApp: readonly string[];
  /** Fixes the draws of the faults. @default 1 */
  readonly seed?: number;
  /** @default none */
  readonly faults?: readonly FaultRule[];
}

/** A request to create a contact, as the service saw it. */
export interface SeenCreate {
  readonly phone: string | null;
  /** Null where no answer was sent. */
  readonly status: number | null;
  readonly fault: FaultKind | null;
  /** The service worked on it, whatever it answered. */
  readonly carriedOut: boolean;
}

export interface StoredContact {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly fields: Readonly<Record<string, string | number | boolean>>;
}

/** What the bench asks of the simulator's process. */
export type ServiceQuestion =
  | { readonly kind: 'start'; readonly settings: ServiceSettings }
  /** The phone of each request since the last time it was asked; null where a request names none. */
  | { readonly kind: 'take_requests' }
  | { readonly kind: 'contacts' }
  | { readonly kind: 'creates' }
  /** Forgets contacts and requests, for the next contender. */
  | { readonly kind: 'reset' };

export type ServiceAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'started'; readonly url: string; readonly origin: string; readonly apiKey: string }
  | { readonly kind: 'requests'; readonly phones: readonly (string | null)[] }
  | { readonly kind: 'contacts'; readonly contacts: readonly StoredContact[] }
  | { readonly kind: 'creates'; readonly creates: readonly SeenCreate[] };
