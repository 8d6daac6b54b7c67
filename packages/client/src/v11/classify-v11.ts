import { classifyByStatus } from '../answer/classify-by-status.ts';
import type { Classify } from '../answer/http-answer.ts';
import { rateLimitWaitMs, readRejection, readRejectionText } from './read-rejection.ts';

/** By body first, then by status: the service reports most of its refusals with status 200. */
export function createV11Classifier(random: () => number): Classify {
  return (answer) => {
    const { json, text, status } = answer;
    const told =
      json === undefined ? readRejectionText(text, status, random) : readRejection(json, status, random);
    const failure = told ?? classifyByStatus(answer);
    if (failure?.kind !== 'rate_limited') return failure;
    return {
      ...failure,
      retryAfterMs: answer.retryAfterMs ?? failure.retryAfterMs ?? rateLimitWaitMs(random),
    };
  };
}
