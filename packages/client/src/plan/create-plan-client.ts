import { okAsync } from 'neverthrow';
import type { Client } from 'openapi-fetch';
import * as z from 'zod';
import { classifyByStatus } from '../answer/classify-by-status.ts';
import type { ContactGateway } from '../contacts/contact-gateway.ts';
import { planScope, type ReadScope } from '../contract/proven-scope.ts';
import type { paths } from '../generated/cbb-plan.ts';
import { keepsKeySecret, secrecyProblem } from '../options/base-url.ts';
import type { CommonOptions } from '../options/client-options.ts';
import { commonShape } from '../options/common-schema.ts';
import { createClientTransport } from '../options/create-client-transport.ts';
import { parseOptions } from '../options/parse-options.ts';
import { createRawClient } from '../raw/create-raw-client.ts';
import { createPlanContacts } from './create-contacts.ts';
import { planOperations } from './operations.ts';

export interface PlanClientOptions extends CommonOptions {
  readonly contract: 'plan';
}

export type PlanPaths = paths;

export interface PlanClient {
  readonly contract: 'plan';
  /** Typed calls: every failure is a value, reads and updates are retried. */
  readonly contacts: ContactGateway;
  /** Contract and account; nothing is asked, because this contract has no word for an account. */
  readonly scope: ReadScope;
  /**
   * The escape hatch: each operation of `openapi/cbb-plan.yaml` as openapi-fetch offers it. One request per call,
   * behind the same limiter, breaker, timeout and hooks; answers are neither checked nor turned into `CbbError`,
   * and it rejects with a `CbbException` where no whole answer came.
   */
  readonly raw: Client<PlanPaths>;
}

const schema = z
  .strictObject({ contract: z.literal('plan'), ...commonShape })
  .refine(keepsKeySecret, secrecyProblem);

/** @throws TypeError that lists every unusable option */
export function createPlanClient(options: PlanClientOptions): PlanClient {
  const settings = parseOptions(schema, options);
  const transport = createClientTransport(settings, {
    keyHeaders: { authorization: `Bearer ${settings.apiKey}` },
    classify: classifyByStatus,
    operations: Object.values(planOperations),
  });
  return Object.freeze({
    contract: 'plan',
    contacts: Object.freeze(createPlanContacts(transport)),
    scope: () => okAsync(planScope),
    raw: createRawClient<PlanPaths>({
      baseUrl: settings.baseUrl,
      transport,
      operations: Object.values(planOperations),
    }),
  });
}
