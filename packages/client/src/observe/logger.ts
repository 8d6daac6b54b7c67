import type {
  CircuitEvent,
  PauseEvent,
  RefusalEvent,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
} from './hooks.ts';

/** What the client asks of a logger; `console`, pino's and Nest's have it. */
export interface Logger {
  debug(message: string): unknown;
  warn(message: string): unknown;
}

/** A line without any value of a request or an answer. */
export interface LogLine {
  readonly level: keyof Logger;
  readonly text: string;
}

const debug = (text: string): LogLine => ({ level: 'debug', text });
const warn = (text: string): LogLine => ({ level: 'warn', text });
const nameOf = ({
  operation,
  method,
  pathTemplate,
}: Pick<RequestEvent, 'operation' | 'method' | 'pathTemplate'>) => `${operation} (${method} ${pathTemplate})`;
const idsOf = ({ attempt, attemptId }: RequestEvent, requestId: string | null = null) =>
  `attempt ${attempt}, ${attemptId}${requestId === null ? '' : `, request ${requestId}`}`;

export const requestLine = (event: RequestEvent) => debug(`${nameOf(event)} leaves: ${idsOf(event)}`);

export function responseLine(event: ResponseEvent): LogLine {
  const { status, durationMs, errorKind, requestId } = event;
  const answer = status === null ? 'without answer' : `HTTP ${status}`;
  const text = `${nameOf(event)} ended ${answer} after ${Math.round(durationMs)} ms: ${errorKind ?? 'ok'}, ${idsOf(event, requestId)}`;
  return errorKind === null ? debug(text) : warn(text);
}

export const retryLine = (event: RetryEvent) =>
  warn(
    `${nameOf(event)} is repeated in ${Math.round(event.delayMs)} ms: ${event.errorKind}, ${idsOf(event)}`,
  );

export function refusalLine(event: RefusalEvent): LogLine {
  const when = event.retryAfterMs === null ? '' : `, again in ${Math.round(event.retryAfterMs)} ms`;
  return warn(`${nameOf(event)} is not sent: ${event.errorKind}${when}`);
}

export const circuitLine = ({ state }: CircuitEvent) =>
  (state === 'half_open' ? debug : warn)(`the circuit is ${state.replace('_', ' ')}`);

export const pauseLine = ({ reason, durationMs }: PauseEvent) =>
  warn(`nothing is sent for ${Math.round(durationMs)} ms: ${reason}`);
