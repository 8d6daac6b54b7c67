import { okAsync } from 'neverthrow';
import type { Client } from 'openapi-fetch';
import { classifyByStatus } from '../answer/classify-by-status.ts';
import { planScope, type ReadScope } from '../contract/proven-scope.ts';
import type { paths } from '../generated/cbb-plan.ts';
import { warnOfBrowser } from '../options/browser.ts';
import type { CommonOptions } from '../options/client-options.ts';
import { commonRules } from '../options/common-rules.ts';
import { createClientTransport } from '../options/create-client-transport.ts';
import { createGate, type SharedGate } from '../options/create-gate.ts';
import { type DerivedOptions, deriveSettings } from '../options/derived-options.ts';
import { oneOf } from '../options/rules.ts';
import { type CommonSettings, checkOptions, settingsOf } from '../options/settings.ts';
import { createRawClient } from '../raw/create-raw-client.ts';
import type { CallOptions } from '../resilience/call-options.ts';
import { createPlanContacts, type PlanContacts } from './create-contacts.ts';
import { planOperations } from './operations.ts';

export interface PlanClientOptions extends CommonOptions {
  readonly contract: 'plan';
}

export type PlanPaths = paths;

export interface PlanClient {
  readonly contract: 'plan';
  /** Typed calls: every failure is a value, reads and updates are retried. */
  readonly contacts: PlanContacts;
  /** Contract and account; nothing is asked, because this contract has no word for an account. */
  readonly scope: ReadScope;
  /**
   * The escape hatch: each operation of `openapi/cbb-plan.yaml` as openapi-fetch offers it. One request per call,
   * behind the same limiter, breaker, timeout and hooks; answers are neither checked nor turned into `CbbError`,
   * and it rejects with a `CbbException` where no whole answer came.
   */
  readonly raw: Client<PlanPaths>;
  /**
   * A client that does some things differently, e.g. `withOptions({ timeoutMs: 2_000 })`: each option given takes the
   * place of this client's. Both keep to one rate limit, pause and circuit, whose changes the first client's hooks tell.
   * @throws TypeError that lists every unusable option
   */
  withOptions(options: DerivedOptions): PlanClient;
}

/** @throws TypeError that lists every unusable option */
export function createPlanClient(options: PlanClientOptions): PlanClient {
  checkOptions({ contract: oneOf(['plan']), ...commonRules() }, options, ['contract', 'apiKey']);
  const settings = settingsOf(options);
  warnOfBrowser(settings);
  return assemble(settings, createGate(settings));
}

function assemble(settings: CommonSettings, gate: SharedGate): PlanClient {
  const operations = Object.values(planOperations);
  const transport = createClientTransport(settings, gate, {
    keyHeaders: (key) => ({ authorization: `Bearer ${key}` }),
    classify: classifyByStatus,
    operations,
  });
  return Object.freeze({
    contract: 'plan',
    contacts: Object.freeze(createPlanContacts(transport)),
    scope: (callOptions?: CallOptions) => transport.begin('scope', callOptions, () => okAsync(planScope)),
    raw: createRawClient<PlanPaths>({ baseUrl: settings.baseUrl, transport, operations }),
    withOptions: (derived: DerivedOptions) => assemble(deriveSettings(settings, derived), gate),
  });
}
