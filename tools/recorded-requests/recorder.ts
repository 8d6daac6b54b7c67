/** A request as the client handed it to `fetch`. */
export interface ClientRequest {
  readonly contract: 'plan' | 'v1.1';
  readonly method: string;
  /** Path and query below the base URL, as sent. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Equal requests have equal keys. */
export const keyOf = ({ contract, method, target, headers, body }: ClientRequest): string =>
  JSON.stringify([contract, method, target, headers, body]);

export interface Recorder {
  /** Called once per request, its body read. */
  readonly keep: (request: ClientRequest) => void;
  /** Bodies that are still being read. */
  readonly pending: Set<Promise<void>>;
}

declare global {
  /** One per process, whatever number of times its modules are loaded. Undefined: nothing is recorded. */
  var requestRecorder: Recorder | undefined;
}

export interface Sender {
  /** Without a slash at the end. */
  readonly baseUrl: string;
}

/** Keeps a copy of a request; the request itself can be sent at once. */
export function record(request: Request, { baseUrl }: Sender): void {
  const recorder = globalThis.requestRecorder;
  if (recorder === undefined) return;
  const { pathname, search } = new URL(request.url);
  const base = new URL(baseUrl).pathname.replace(/\/$/, '');
  const reading = request
    .clone()
    .text()
    .then((body) => {
      recorder.pending.delete(reading);
      recorder.keep({
        // They differ by the header of the key.
        contract: request.headers.has('x-access-token') ? 'v1.1' : 'plan',
        method: request.method,
        target: pathname.slice(base.length) + search,
        headers: Object.fromEntries(request.headers),
        body,
      });
    });
  recorder.pending.add(reading);
}
