import type { RecordedRequest } from '../journal/journal.ts';
import { refuseUnknown } from '../simulator/refuse-unknown.ts';

/** Another server of the same contract, e.g. a mock that was generated from the OpenAPI document. */
export interface ReplayTarget {
  /** Without a slash at the end; recorded paths are below it. */
  readonly baseUrl: string;
  /** Sent with every request; the key goes here, because none is recorded. */
  readonly headers?: Readonly<Record<string, string>>;
  /** @default the global one */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

export interface RefusedRequest {
  readonly request: RecordedRequest;
  readonly status: number;
  /** What the server said; it may quote the request. */
  readonly body: string;
}

export interface ReplayReport {
  /** Whether the server took every request. */
  readonly accepted: boolean;
  /** Requests that were sent: equal ones once. */
  readonly sent: number;
  readonly refused: readonly RefusedRequest[];
}

/**
 * Sends recorded requests (`simulator.requests`) to another server, one after another, so that a second reading of the
 * OpenAPI document judges them. A status from 400 on is a refusal.
 */
export async function acceptsAll(
  requests: readonly RecordedRequest[],
  target: ReplayTarget,
): Promise<ReplayReport> {
  refuseUnknown(target, ['baseUrl', 'headers', 'fetch'], 'replay target');
  const { baseUrl, headers = {}, fetch = globalThis.fetch } = target;
  const different = new Map(
    requests.map((request) => [JSON.stringify({ ...request, sequence: 0 }), request]),
  );
  const refused: RefusedRequest[] = [];
  for (const request of different.values()) {
    const { method, contentType, body } = request;
    const response = await fetch(baseUrl + request.target, {
      method,
      headers: { ...headers, ...(contentType === null ? {} : { 'content-type': contentType }) },
      ...(body === '' ? {} : { body }),
    });
    const said = await response.text();
    if (response.status >= 400) refused.push({ request, status: response.status, body: said });
  }
  return { accepted: refused.length === 0, sent: different.size, refused };
}
