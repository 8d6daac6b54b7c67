import type { ContractName } from '../contract.ts';

export interface ServiceSettings {
  readonly contract: ContractName;
  /** Phones in digits. */
  readonly withoutWhatsApp: readonly string[];
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
  /** Forgets contacts and requests, for the next contender. */
  | { readonly kind: 'reset' };

export type ServiceAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'started'; readonly url: string; readonly apiKey: string }
  | { readonly kind: 'requests'; readonly phones: readonly (string | null)[] }
  | { readonly kind: 'contacts'; readonly contacts: readonly StoredContact[] };
