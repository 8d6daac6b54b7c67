import { err, ok, type Result, type ResultAsync } from 'neverthrow';
import * as z from 'zod';
import type { HttpAnswer } from '../answer/http-answer.ts';
import type { CbbError } from '../errors/cbb-error.ts';
import type { Failure } from '../errors/failure.ts';
import type { CommonOptions } from '../options/client-options.ts';
import { commonShape } from '../options/common-schema.ts';
import { createClientTransport } from '../options/create-client-transport.ts';
import { parseOptions } from '../options/parse-options.ts';
import type { CallOptions } from '../resilience/call-options.ts';
import { createV11Classifier } from './classify-v11.ts';
import { operations } from './operations.ts';
import { answers } from './read-answers.ts';

export type ContractName = 'plan' | 'v1.1';

export type DetectContractOptions = Pick<
  CommonOptions,
  'apiKey' | 'baseUrl' | 'timeoutMs' | 'fetch' | 'clock' | 'hooks' | 'headers'
>;

const { apiKey, baseUrl, timeoutMs, fetch, clock, hooks, headers } = commonShape;
const schema = z.strictObject({ apiKey, baseUrl, timeoutMs, fetch, clock, hooks, headers });

/**
 * Which contract a host speaks, by one `GET /accounts/me` with the key in `X-ACCESS-TOKEN`: an account means `v1.1`, a 404
 * or a Bearer challenge `plan`. Anything else is an error that says what was seen.
 * @throws TypeError that lists every unusable option
 */
export function detectContract(
  options: DetectContractOptions,
  callOptions?: CallOptions,
): ResultAsync<ContractName, CbbError> {
  const settings = parseOptions(schema, options);
  const transport = createClientTransport(
    {
      ...settings,
      deadlineMs: settings.timeoutMs,
      maxWaitMs: 0,
      retry: { attempts: 1, baseDelayMs: 0, maxDelayMs: 0 },
      rateLimit: false,
      circuitBreaker: false,
      random: Math.random,
    },
    // Every answer is read below; a refusal can be the proof that is looked for.
    { keyHeaders: { 'x-access-token': settings.apiKey }, classify: () => null },
  );
  return transport.call({ operation: operations.getAccount, interpret: contractOf }, callOptions);
}

const classify = createV11Classifier(Math.random);

function contractOf(answer: HttpAnswer): Result<ContractName, Failure> {
  const { status, headers: answered } = answer;
  const challenge = answered.get('www-authenticate') ?? '';
  if (status === 404 || /\bbearer\b/i.test(challenge)) return ok('plan');
  const failure = classify(answer);
  if (failure === null && answers.account.safeParse(answer.json).success) return ok('v1.1');
  const seen = failure?.kind ?? 'an answer that is no account';
  return err({
    ...(failure ?? { kind: 'unexpected_body', retryable: false, status }),
    reason: `the contract could not be told: neither an account, nor a 404, nor a Bearer challenge, but ${seen}`,
  });
}
