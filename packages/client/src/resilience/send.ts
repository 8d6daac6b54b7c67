import { err, ok, type Result } from 'neverthrow';
import type { FetchedResponse } from '../answer/fetched-response.ts';
import { type HttpAnswer, parseJson } from '../answer/http-answer.ts';
import { type Body, readBody } from '../answer/read-body.ts';
import { readRequestId } from '../answer/request-id.ts';
import { type CbbErrorCode, readErrorCode } from '../errors/error-code.ts';
import type { Failure } from '../errors/failure.ts';
import type { Clock } from './clock.ts';
import { isRedirect } from './is-redirect.ts';
import { raceAbort } from './race-abort.ts';
import { readRetryAfterMs } from './retry-after.ts';
import { isProvenUnsent } from './unsent.ts';

export interface SendParts {
  readonly clock: Clock;
  readonly fetch: (request: Request) => Promise<FetchedResponse>;
}

/** Sends one request and reads its answer whole, within `timeoutMs`. */
export async function send(
  parts: SendParts,
  exchange: {
    readonly createRequest: (signal: AbortSignal) => Request;
    /** What leaves, to know an echo of it. */
    readonly sent: string;
    readonly timeoutMs: number;
    readonly signal: AbortSignal | undefined;
  },
): Promise<Result<HttpAnswer, Failure>> {
  const controller = new AbortController();
  try {
    // The race and not the signal alone, because an injected fetch may ignore signals.
    const { createRequest, sent, timeoutMs, signal } = exchange;
    const race = await raceAbort(fetchWhole(parts.fetch, createRequest(controller.signal)), {
      clock: parts.clock,
      timeoutMs,
      signal,
      onCut: () => controller.abort(),
    });
    if (race.kind !== 'settled') return err({ kind: race.kind });
    const { response, body } = race.value;
    const requestId = readRequestId(response.headers, sent);
    const identity = requestId === undefined ? {} : { requestId };
    return toAnswer(response, body)
      .map((answer) => ({ ...answer, ...identity }))
      .mapErr((failure) => ({ ...failure, ...identity }));
  } catch (rejection) {
    // The rejection itself goes no further: causes of other libraries may hold a URL or a header.
    return err({
      kind: 'network',
      ...codeOf(readErrorCode(rejection)),
      ...(isProvenUnsent(rejection) ? { effect: 'none' } : {}),
    });
  }
}

async function fetchWhole(fetch: SendParts['fetch'], request: Request) {
  const response = await fetch(request);
  // Its body is of no interest, and in browsers not to be had.
  if (isRedirect(response)) return { response, body: { kind: 'complete', text: '' } as const };
  return { response, body: await readBody(response) };
}

const codeOf = (code: CbbErrorCode | undefined) => (code === undefined ? {} : { code });

/** The key is for one host alone, and a changed method would write something else. */
function redirected(status: number): Failure {
  const reason = 'the service answered with a redirect, which is never followed: check the base URL';
  return { kind: 'unexpected_body', code: 'redirect', reason, ...(status === 0 ? {} : { status }) };
}

function toAnswer(response: FetchedResponse, body: Body): Result<HttpAnswer, Failure> {
  const { status, headers, ok: success } = response;
  if (isRedirect(response)) return err(redirected(status));
  if (success && body.kind === 'broken') return err({ kind: 'network', status, ...codeOf(body.code) });
  if (success && body.kind === 'oversized')
    return err({ kind: 'unexpected_body', status, code: 'oversized' });
  // Of a refusal the status says enough, so a damaged body takes nothing away.
  const text = body.kind === 'complete' ? body.text : '';
  const retryAfterMs = readRetryAfterMs(headers, Date.now());
  return ok({
    status,
    headers,
    text,
    json: parseJson(text),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}
