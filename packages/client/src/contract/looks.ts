import { err, ok, type Result } from 'neverthrow';
import { classifyByStatus } from '../answer/classify-by-status.ts';
import type { HttpAnswer } from '../answer/http-answer.ts';
import { isRecord } from '../answer/read-value.ts';
import type { Failure } from '../errors/failure.ts';
import { createV11Classifier } from '../v11/classify-v11.ts';
import { answers } from '../v11/read-answers.ts';
import { describeAnswer } from './describe-answer.ts';
import { type ProvenScope, v11Scope } from './proven-scope.ts';

export type FirstLook =
  | { readonly kind: 'proven'; readonly scope: ProvenScope }
  /** Not v1.1; `seen` says what answered. */
  | { readonly kind: 'perhaps_plan'; readonly seen: string };

/** Reads the answer to `GET /accounts/me` with the key in the header of v1.1. */
export function firstLook(answer: HttpAnswer): Result<FirstLook, Failure> {
  const challenge = answer.headers.get('www-authenticate') ?? '';
  const seen = `/accounts/me answered ${describeAnswer(answer)}`;
  if (answer.status === 404 || /\bbearer\b/i.test(challenge)) return ok({ kind: 'perhaps_plan', seen });
  const failure = createV11Classifier(Math.random)(answer);
  const account = answers.account(answer.json);
  if (failure === null && account !== null)
    return ok({ kind: 'proven', scope: v11Scope(account.value.page_id) });
  return err(untold(failure, answer.status, `${seen}: ${failure?.kind ?? 'an answer that is no account'}`));
}

const isErrorText = (value: unknown) =>
  typeof value === 'string' || (isRecord(value) && typeof value.message === 'string');

/** `success` is the word by which v1.1 refuses. */
const isErrorBody = (json: unknown) =>
  isRecord(json) && (isErrorText(json.error) || isErrorText(json.message)) && !('success' in json);

/** Reads the answer to a look at a contact that cannot be, with the key as Bearer. */
export function secondLook(answer: HttpAnswer, seenFirst: string): Result<void, Failure> {
  const failure = classifyByStatus(answer);
  if (answer.status === 404 && isErrorBody(answer.json)) return ok();
  const seen = `${seenFirst}, and an impossible contact ${describeAnswer(answer)}`;
  // A 404 that is no word of the service is no 404 of it.
  return err(untold(failure?.kind === 'not_found' ? null : failure, answer.status, seen));
}

function untold(failure: Failure | null, status: number, seen: string): Failure {
  const reason = `the contract could not be told: ${seen}`;
  return { ...(failure ?? { kind: 'unexpected_body', retryable: false, status }), reason };
}
