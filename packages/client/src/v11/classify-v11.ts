import { classifyByStatus } from '../answer/classify-by-status.ts';
import type { Classify, HttpAnswer } from '../answer/http-answer.ts';
import type { Failure } from '../errors/failure.ts';
import { isOwnWord, rateLimitWaitMs, readRejection, readRejectionText } from './read-rejection.ts';

/** By body first, then by status: the service reports most of its refusals with status 200. */
export function createV11Classifier(random: () => number): Classify {
  return (answer) => {
    const { json, text, status } = answer;
    const told =
      json === undefined ? readRejectionText(text, status, random) : readRejection(json, status, random);
    const failure = told ?? (isForeign(answer) ? unavailable(status) : classifyByStatus(answer));
    if (failure?.kind !== 'rate_limited') return failure;
    return {
      ...failure,
      retryAfterMs: answer.retryAfterMs ?? failure.retryAfterMs ?? rateLimitWaitMs(random),
    };
  };
}

/** Statuses that say something of the key or of a contact, if it is the service that says it. */
const wordsOfTheService = new Set([400, 403, 404, 405, 406, 409, 410, 418, 451]);

/** A challenge or a page of something that stands before the service: no word of key, contact or request. */
function isForeign({ status, json }: HttpAnswer): boolean {
  return wordsOfTheService.has(status) && !isOwnWord(json);
}

function unavailable(status: number): Failure {
  return { kind: 'unavailable', status, reason: 'something before the service refused the request' };
}
