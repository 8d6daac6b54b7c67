import type { ContactGateway } from '@visanet/cbb-sync';

/** The two functions of any test runner. A test may take up to 30 s: set the runner's own limit above it. */
export interface GatewayTestRunner {
  describe(name: string, body: () => void): unknown;
  it(name: string, body: () => Promise<void>): unknown;
}

/** What the suite lets go wrong with every request of the kind, until `heal`. The simulator's faults of these names fit. */
export type GatewayFault =
  | { readonly kind: 'server_error'; readonly moment: 'before_effect' | 'after_effect' }
  | { readonly kind: 'connection_reset'; readonly moment: 'before_effect' | 'after_effect' }
  | { readonly kind: 'hang'; readonly moment: 'before_effect' | 'after_effect' }
  | { readonly kind: 'rate_limited' }
  | { readonly kind: 'key_rejected' }
  | { readonly kind: 'truncated_body' }
  | { readonly kind: 'not_json' }
  | { readonly kind: 'firewall_page' }
  | { readonly kind: 'redirect' }
  | { readonly kind: 'retry_after'; readonly value: string };

/** The service behind the gateway, seen from behind it. */
export interface GatewayService {
  /** The values that a contact holds, each as the text that stands for it; null: there is no such contact. */
  fieldsOf(phone: string): Promise<Readonly<Record<string, string>> | null>;
  fail(fault: GatewayFault, on: 'reads' | 'writes'): Promise<void>;
  heal(): Promise<void>;
  /** Requests that arrived so far. */
  requests(): Promise<number>;
}

/** A gateway over a service without contacts, whose account has the custom fields of `gatewayFields`. */
export interface GatewaySubject {
  readonly gateway: ContactGateway;
  readonly service: GatewayService;
  close(): Promise<void>;
}

export interface GatewaySuiteOptions {
  /** Make the gateway with short waits between its own retries, and without a limit of requests. */
  create(): Promise<GatewaySubject>;
}

/** Names and kinds of the fields that the suite writes. */
export const gatewayFields = { visa_country: 'text', branch: 'text', visa_quantity: 'number' } as const;

export type GatewayTest = (name: string, body: (subject: GatewaySubject) => Promise<void>) => void;
