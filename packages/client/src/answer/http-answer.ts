import type { Result } from 'neverthrow';
import type { Failure } from '../errors/failure.ts';

/** A whole answer, read to its end. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON whatever its label says; undefined where it is none. */
  readonly json: unknown;
  /** The wait that the service asks for. */
  readonly retryAfterMs?: number;
  /** The service's own id of the request. */
  readonly requestId?: string;
}

/** Tells what an answer means before anybody reads its content: null where it is a success. */
export type Classify = (answer: HttpAnswer) => Failure | null;

/** Turns a successful answer into a value. */
export type Interpret<T> = (answer: HttpAnswer) => Result<T, Failure>;

/** JSON by content: labels are wrong often enough. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
