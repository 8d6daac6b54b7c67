import { okAsync, type Result, type ResultAsync } from 'neverthrow';
import type { HttpAnswer } from '../answer/http-answer.ts';
import type { CbbError } from '../errors/cbb-error.ts';
import type { Failure } from '../errors/failure.ts';
import { warnOfBrowser } from '../options/browser.ts';
import type { CommonOptions } from '../options/client-options.ts';
import { commonRules, type Rules } from '../options/common-rules.ts';
import { createClientTransport } from '../options/create-client-transport.ts';
import { createGate } from '../options/create-gate.ts';
import { checkOptions, settingsOf } from '../options/settings.ts';
import { planOperations } from '../plan/operations.ts';
import type { CallOptions } from '../resilience/call-options.ts';
import { startSeries } from '../resilience/call-series.ts';
import type { KeyHeaders } from '../resilience/read-key.ts';
import { operations } from '../v11/operations.ts';
import { type FirstLook, firstLook, secondLook } from './looks.ts';
import { type ProvenScope, planScope } from './proven-scope.ts';

export type DetectContractOptions = Omit<
  CommonOptions,
  'deadlineMs' | 'maxWaitMs' | 'retry' | 'rateLimit' | 'circuitBreaker' | 'random'
>;

function rules(): Rules<DetectContractOptions> {
  const { deadlineMs, maxWaitMs, retry, rateLimit, circuitBreaker, random, ...rest } = commonRules();
  return rest;
}

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
  checkOptions(rules(), options, ['apiKey']);
  const settings = settingsOf(options);
  warnOfBrowser(settings);
  const single = {
    ...settings,
    deadlineMs: settings.timeoutMs,
    maxWaitMs: 0,
    retry: { attempts: 1, baseDelayMs: 0, maxDelayMs: 0 },
    rateLimit: false,
    circuitBreaker: false,
  } as const;
  const next = startSeries(settings.clock, callOptions, 2 * settings.timeoutMs);

  const ask = <T>(
    keyHeaders: (key: string) => KeyHeaders,
    call: {
      readonly operation: (typeof operations)['getAccount'] | (typeof planOperations)['findContact'];
      readonly params?: Readonly<Record<string, string>>;
      readonly interpret: (answer: HttpAnswer) => Result<T, Failure>;
    },
  ) => {
    const transport = createClientTransport(single, createGate(single), {
      keyHeaders,
      // Every answer is read as it is; a refusal can be the proof that is looked for.
      classify: () => null,
      operations: [],
    });
    return transport.call(call, next());
  };

  const lookAgain = ({ seen }: Extract<FirstLook, { kind: 'perhaps_plan' }>) =>
    ask((key) => ({ authorization: `Bearer ${key}` }), {
      operation: planOperations.findContact,
      params: { id: impossibleId },
      interpret: (answer) => secondLook(answer, seen).map(() => planScope),
    });

  return ask((key) => ({ 'x-access-token': key }), {
    operation: operations.getAccount,
    interpret: firstLook,
  }).andThen((look) => (look.kind === 'proven' ? okAsync(look.scope) : lookAgain(look)));
}
