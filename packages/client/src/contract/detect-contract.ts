import { okAsync, type Result, type ResultAsync } from 'neverthrow';
import * as z from 'zod';
import type { HttpAnswer } from '../answer/http-answer.ts';
import type { CbbError } from '../errors/cbb-error.ts';
import type { Failure } from '../errors/failure.ts';
import { keepsKeySecret, secrecyProblem } from '../options/base-url.ts';
import type { CommonOptions } from '../options/client-options.ts';
import { commonShape } from '../options/common-schema.ts';
import { createClientTransport } from '../options/create-client-transport.ts';
import { parseOptions } from '../options/parse-options.ts';
import { planOperations } from '../plan/operations.ts';
import type { CallOptions } from '../resilience/call-options.ts';
import { startSeries } from '../resilience/call-series.ts';
import { operations } from '../v11/operations.ts';
import { type FirstLook, firstLook, secondLook } from './looks.ts';
import { type ProvenScope, planScope } from './proven-scope.ts';

export type DetectContractOptions = Pick<
  CommonOptions,
  | 'apiKey'
  | 'baseUrl'
  | 'allowInsecureHttp'
  | 'timeoutMs'
  | 'maxRetryAfterMs'
  | 'fetch'
  | 'clock'
  | 'hooks'
  | 'headers'
>;

const { apiKey, baseUrl, allowInsecureHttp, timeoutMs, maxRetryAfterMs, fetch, clock, hooks, headers } =
  commonShape;
const schema = z
  .strictObject({
    apiKey,
    baseUrl,
    allowInsecureHttp,
    timeoutMs,
    maxRetryAfterMs,
    fetch,
    clock,
    hooks,
    headers,
  })
  .refine(keepsKeySecret, secrecyProblem);

/** No phone is this short: on contract plan nobody has it, and asking for it reads nobody's data. */
const impossibleId = '0';

/**
 * Which contract a host speaks and whose account the key opens. One `GET /accounts/me` with the key in `X-ACCESS-TOKEN`:
 * an account means v1.1. A 404 or a Bearer challenge leads to a second look, a `GET /contacts/{id}` of an impossible id
 * with the key as Bearer: a 404 whose body is JSON of the plan's shape means plan. Anything else is an error that says
 * what was seen, in statuses and content types.
 * @throws TypeError that lists every unusable option
 */
export function detectContract(
  options: DetectContractOptions,
  callOptions?: CallOptions,
): ResultAsync<ProvenScope, CbbError> {
  const settings = parseOptions(schema, options);
  const next = startSeries(settings.clock, callOptions, 2 * settings.timeoutMs);

  const ask = <T>(
    keyHeaders: Readonly<Record<string, string>>,
    call: {
      readonly operation: (typeof operations)['getAccount'] | (typeof planOperations)['findContact'];
      readonly params?: Readonly<Record<string, string>>;
      readonly interpret: (answer: HttpAnswer) => Result<T, Failure>;
    },
  ) => {
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
      // Every answer is read as it is; a refusal can be the proof that is looked for.
      { keyHeaders, classify: () => null, operations: [] },
    );
    return transport.call(call, next());
  };

  const lookAgain = ({ seen }: Extract<FirstLook, { kind: 'perhaps_plan' }>) =>
    ask(
      { authorization: `Bearer ${settings.apiKey}` },
      {
        operation: planOperations.findContact,
        params: { id: impossibleId },
        interpret: (answer) => secondLook(answer, seen).map(() => planScope),
      },
    );

  return ask(
    { 'x-access-token': settings.apiKey },
    { operation: operations.getAccount, interpret: firstLook },
  ).andThen((look) => (look.kind === 'proven' ? okAsync(look.scope) : lookAgain(look)));
}
