import type { Clock } from '../src/index.ts';

/** What happens to one request: an answer, a rejection, or no answer until the request is aborted. */
export type Step = (() => Response) | Error | 'hang' | 'hang and ignore abort';

export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly headers: Headers;
  readonly request: Request;
  readonly at: number;
}

export interface ScriptedFetch {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly sent: SentRequest[];
}

/** Plays the steps in turn, the last one for ever, and keeps what was sent. */
export function scriptFetch(clock: Pick<Clock, 'now'>, ...steps: readonly Step[]): ScriptedFetch {
  const sent: SentRequest[] = [];
  return {
    sent,
    async fetch(request) {
      const at = clock.now();
      const step = steps[Math.min(sent.length, steps.length - 1)] ?? 'hang';
      const { pathname, search } = new URL(request.url);
      const entry = {
        method: request.method,
        path: `${pathname}${search}`,
        headers: request.headers,
        request,
        at,
        body: '',
      };
      sent.push(entry);
      entry.body = await request.text();
      if (typeof step === 'function') return step();
      if (step instanceof Error) throw step;
      return new Promise((_, reject) => {
        if (step === 'hang') request.signal.addEventListener('abort', () => reject(request.signal.reason));
      });
    },
  };
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): () => Response {
  return () =>
    new Response(JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/json', ...headers },
    });
}

export function text(body: string, status = 200, headers: Record<string, string> = {}): () => Response {
  return () => new Response(body, { status, headers });
}

/** A body that ends before it is whole. */
export function broken(start: string, status = 200): () => Response {
  return () =>
    new Response(
      new ReadableStream({
        pull(controller) {
          controller.enqueue(new TextEncoder().encode(start));
          controller.error(new TypeError('terminated'));
        },
      }),
      { status },
    );
}
