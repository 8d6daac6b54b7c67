/** Whether a fault strikes before the request took effect or after. @default before_effect */
export type FaultMoment = 'before_effect' | 'after_effect';

/** What can go wrong with one exchange. */
export type Fault =
  /** The request is worked on only after this time; its effect happens even if the caller has gone by then. */
  | { readonly kind: 'latency'; readonly delayMs: number }
  /** Without `retryAfterMs` the answer does not tell when to come back. v1.1 tells the limit by its text alone. */
  | { readonly kind: 'rate_limited'; readonly retryAfterMs?: number; readonly form?: 'seconds' | 'date' }
  | { readonly kind: 'server_error'; readonly status?: 500 | 502 | 503 | 504; readonly moment?: FaultMoment }
  /** The connection is reset without an answer. */
  | { readonly kind: 'connection_reset'; readonly moment?: FaultMoment }
  /** Nothing listens. On a socket, which listens already, a reset before the request is read; see `refuseConnections`. */
  | { readonly kind: 'connection_refused' }
  /** No answer ever; ends when the caller gives up. */
  | { readonly kind: 'hang'; readonly moment?: FaultMoment }
  /** Half of the JSON, properly ended. */
  | { readonly kind: 'truncated_body' }
  /** The connection ends in the middle of the body. */
  | { readonly kind: 'broken_body' }
  /** A proxy's page under the label of JSON. */
  | { readonly kind: 'not_json' }
  /** The right body under the label `text/html`. */
  | { readonly kind: 'wrong_content_type' }
  /** The body arrives in pieces, over this time. */
  | { readonly kind: 'slow_body'; readonly durationMs: number }
  /** Another writer creates the same contact just before this request; no effect on anything but a create. */
  | { readonly kind: 'duplicate_create' }
  /** The key is not accepted. */
  | { readonly kind: 'key_rejected' }
  /** @default status 302, location 'https://elsewhere.invalid/' */
  | { readonly kind: 'redirect'; readonly status?: 301 | 302 | 303 | 307 | 308; readonly location?: string }
  /** The page of a firewall before the service. @default status 403 */
  | { readonly kind: 'firewall_page'; readonly status?: number }
  /** A refusal with this `Retry-After`, word for word, absurd ones too. @default status 503 */
  | { readonly kind: 'retry_after'; readonly value: string; readonly status?: 429 | 503 }
  /** This answer, in place of the service's. */
  | ({ readonly kind: 'respond' } & PlannedResponse);

/** An answer that a test makes up; the service itself does nothing. */
export interface PlannedResponse {
  readonly status: number;
  readonly body?: string;
  /** @default 'application/json' where there is a body */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type FaultKind = Fault['kind'];

/** Which requests a fault may strike; all that is given must fit. */
export interface FaultTarget {
  readonly operationId?: string;
  /** Upper case. */
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Phone in digits of the contact that is asked for, written or created. */
  readonly contactId?: string;
}

/** What a target is compared with. */
export interface FaultSubject {
  readonly operationId: string | null;
  readonly method: string;
  readonly contactId: string | null;
}

/** A fault by chance, or for good. */
export interface FaultRule {
  readonly fault: Fault;
  /** From 0 to 1, drawn anew for each request. @default 1, every request that fits */
  readonly probability?: number;
  /** @default every request */
  readonly target?: FaultTarget;
}

export function strikes(target: FaultTarget | undefined, subject: FaultSubject): boolean {
  const { operationId, method, contactId } = target ?? {};
  return (
    (operationId === undefined || operationId === subject.operationId) &&
    (method === undefined || method === subject.method) &&
    (contactId === undefined || contactId === subject.contactId)
  );
}
