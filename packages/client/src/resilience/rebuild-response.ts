import { ok, type Result } from 'neverthrow';
import type { HttpAnswer } from '../answer/http-answer.ts';
import type { Failure } from '../errors/failure.ts';

const bodiless = new Set([204, 205, 304]);

/** An answer that was read to its end, as a `Response` for others to read. */
export function rebuildResponse(answer: HttpAnswer): Result<Response, Failure> {
  const headers = new Headers(answer.headers);
  // They describe the bytes on the wire, which are decoded by now.
  headers.delete('content-encoding');
  headers.delete('content-length');
  const body = bodiless.has(answer.status) ? null : answer.text;
  return ok(new Response(body, { status: answer.status, headers }));
}
