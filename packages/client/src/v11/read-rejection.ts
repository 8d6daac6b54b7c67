import * as z from 'zod/mini';
import type { Failure } from '../errors/failure.ts';
import { once } from '../options/once.ts';

const told = once(() => {
  const loosely = <T>(schema: z.ZodMiniType<T>) => z.catch(z.optional(schema), undefined);
  const code = loosely(z.union([z.number(), z.string()]));
  const message = loosely(z.string());
  const text = z.pipe(
    z.string().check(z.minLength(1)),
    z.transform((words: string) => ({ message: words, code: undefined })),
  );
  return z.looseObject({
    success: z.optional(z.unknown()),
    code,
    message,
    error: loosely(z.union([text, z.looseObject({ code, message })])),
  });
});

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
  const parsed = told().safeParse(body);
  if (!parsed.success || Array.isArray(body)) return null;
  const { success, error, message } = parsed.data;
  if (success !== false && error === undefined && status < 400) return null;
  const code = error?.code ?? parsed.data.code;
  // A code can be a word, such as `invalid_token`.
  return classify(Number(code), `${code ?? ''} ${error?.message ?? message ?? ''}`, status, random);
}

/** Whether the service itself speaks in a body: a proxy or a firewall before it uses other words. */
export function isOwnWord(body: unknown): boolean {
  const parsed = told().safeParse(body);
  if (!parsed.success || Array.isArray(body)) return false;
  const { success, error, message } = parsed.data;
  return success === false || error !== undefined || message !== undefined;
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
