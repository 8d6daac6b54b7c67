import { isRecord, readText, readTextOrNumber } from '../answer/read-value.ts';
import type { Failure } from '../errors/failure.ts';

interface Told {
  readonly refuses: boolean;
  readonly hasError: boolean;
  readonly code: string | undefined;
  readonly message: string | undefined;
}

/** Null where the body is no object. */
function readTold(json: unknown): Told | null {
  if (!isRecord(json)) return null;
  const { error, success } = json;
  const own = { code: wordOf(json.code), message: textOf(json.message) };
  const told = typeof error === 'string' && error !== '' ? { code: undefined, message: error } : null;
  const inner = isRecord(error) ? { code: wordOf(error.code), message: textOf(error.message) } : told;
  return {
    refuses: success === false,
    hasError: inner !== null,
    code: inner?.code ?? own.code,
    message: inner?.message ?? own.message,
  };
}

const textOf = (value: unknown) => readText(value) ?? undefined;
const wordOf = (value: unknown) => readTextOrNumber(value) ?? undefined;

const rateLimitText =
  /exceeded the limit of \d+ requests|\btoo many requests\b|\brate[ _-]?limit(ed| exceeded)\b/i;
const unauthorizedText =
  /\bunauthori[sz]ed\b|\binvalid[ _-]((access|api|auth)[ _-]?)?(token|key)\b|\btoken[ _-](is )?(invalid|expired)\b/i;
const unknownContactText = /\b(contact|user|subscriber)\b.*\b(not found|not exist|unknown)\b/i;

/** The service counts in windows of a minute and does not say when the present one ends. */
export function rateLimitWaitMs(random: () => number): number {
  return Math.round(40_000 + random() * 20_000);
}

/**
 * What a body says went wrong, whatever its status and label; null where it is no rejection. Nothing of the text is kept:
 * it can hold what was sent.
 */
export function readRejection(body: unknown, status: number, random: () => number): Failure | null {
  const told = readTold(body);
  if (told === null || (!told.refuses && !told.hasError && status < 400)) return null;
  const { code, message = '' } = told;
  // A code can be a word, such as `invalid_token`.
  return classify(Number(code), `${code ?? ''} ${message}`, status, random);
}

/** Whether the service itself speaks in a body: a proxy or a firewall before it uses other words. */
export function isOwnWord(body: unknown): boolean {
  const told = readTold(body);
  return told !== null && (told.refuses || told.hasError || told.message !== undefined);
}

/** As `readRejection`, for a body that is no JSON. */
export function readRejectionText(text: string, status: number, random: () => number): Failure | null {
  return rateLimitText.test(text) ? classify(Number.NaN, text, status, random) : null;
}

function classify(code: number, text: string, status: number, random: () => number): Failure | null {
  if (code === 429 || rateLimitText.test(text)) {
    return { kind: 'rate_limited', retryAfterMs: rateLimitWaitMs(random), status };
  }
  if (code === 401 || code === 403 || unauthorizedText.test(text)) return { kind: 'unauthorized', status };
  if (code === 404 || (unknownContactText.test(text) && !/field/i.test(text)))
    return { kind: 'not_found', status };
  if (code >= 500) return { kind: 'unavailable', status };
  // A status that says more than "refused" is left to speak for itself.
  return status < 400 ? { kind: 'invalid_request', reason: 'the service refused the request', status } : null;
}
