import type { Client } from 'openapi-fetch';
import * as z from 'zod';
import type { ContactGateway } from '../contacts/contact-gateway.ts';
import type { ReadScope } from '../contract/proven-scope.ts';
import type { paths } from '../generated/cbb-v11.ts';
import { keepsKeySecret, secrecyProblem } from '../options/base-url.ts';
import type { CommonOptions } from '../options/client-options.ts';
import { commonShape } from '../options/common-schema.ts';
import { createClientTransport } from '../options/create-client-transport.ts';
import { parseOptions } from '../options/parse-options.ts';
import { createRawClient } from '../raw/create-raw-client.ts';
import { longestDelayMs } from '../resilience/clock.ts';
import type { V11Api } from './api.ts';
import { createV11Classifier } from './classify-v11.ts';
import { createV11Api } from './create-api.ts';
import { type CustomFields, createCustomFields } from './custom-fields.ts';
import { createFieldRegistry } from './field-registry.ts';
import { type FieldType, fieldTypes } from './field-type.ts';
import { guardTransport } from './guard-transport.ts';
import { operations } from './operations.ts';
import { createScopeReader } from './scope-reader.ts';
import { type UpdateStrategy, updateStrategies } from './update-steps.ts';
import { createV11Gateway } from './v11-gateway.ts';
import { createAccountCheck, type VerifyAccount } from './verify-account.ts';

export interface V11ClientOptions extends CommonOptions {
  readonly contract: 'v1.1';
  /** How an update sets its fields; only `fields` is proven on every account. @default 'fields' */
  readonly updateStrategy?: UpdateStrategy;
  /** The account that the key must belong to; checked before the first request, typed or raw. @default not checked */
  readonly accountId?: string;
  /**
   * How long the account's field names, ids and types are kept, in milliseconds; an unknown name and a refused write
   * fetch them anew at once. @default 86400000 (a day)
   */
  readonly fieldsTimeToLiveMs?: number;
  /** Fields by name that are created, with these types, when the account lacks them. @default none */
  readonly createMissingFields?: Readonly<Record<string, FieldType>>;
}

export type V11Paths = paths;

export interface V11Client {
  readonly contract: 'v1.1';
  /** The same calls as on every contract: checked, verified, every failure a value. */
  readonly contacts: ContactGateway;
  /** Every operation of the contract as a typed call, tags, flows and messages included. */
  readonly api: V11Api;
  readonly customFields: CustomFields;
  /** Contract and account as `/accounts/me` tells them: asked once, by one request however many ask at a time. */
  readonly scope: ReadScope;
  /** Whose account the key belongs to; `unauthorized` where it is not the one of the option `accountId`. */
  readonly verifyAccount: VerifyAccount;
  /**
   * The escape hatch: each operation of `openapi/cbb-v1.1.yaml` as openapi-fetch offers it. One request per call,
   * behind the same limiter, breaker, timeout and hooks; answers are neither checked nor turned into `CbbError` (most
   * refusals have status 200), and it rejects with a `CbbException` where no whole answer came.
   */
  readonly raw: Client<V11Paths>;
}

const schema = z
  .strictObject({
    contract: z.literal('v1.1'),
    updateStrategy: z.enum(updateStrategies).default('fields'),
    accountId: z.string().min(1).optional(),
    fieldsTimeToLiveMs: z.number().int().min(0).max(longestDelayMs).default(86_400_000),
    createMissingFields: z.record(z.string().min(1), z.enum(fieldTypes)).default({}),
    ...commonShape,
  })
  .refine(keepsKeySecret, secrecyProblem);

/** The service allows 100 a minute and account, and says so only when it is too late. */
const requestsPerMinute = 90;

/** @throws TypeError that lists every unusable option */
export function createV11Client(options: V11ClientOptions): V11Client {
  const settings = parseOptions(schema, options);
  const { accountId, clock, deadlineMs, random, rateLimit = { requestsPerMinute } } = settings;
  const open = createClientTransport(
    { ...settings, rateLimit },
    {
      keyHeaders: { 'x-access-token': settings.apiKey },
      classify: createV11Classifier(random),
      operations: Object.values(operations),
    },
  );
  const limits = { deadlineMs, maxWaitMs: settings.maxWaitMs };
  const verifyAccount = createAccountCheck(createV11Api(open), accountId);
  const readScope = createScopeReader({ clock, limits, verifyAccount });
  const transport =
    accountId === undefined
      ? open
      : guardTransport(open, { readScope, clock, defaultDeadlineMs: deadlineMs });
  const api = createV11Api(transport);
  const contacts = createV11Gateway({
    api,
    clock,
    strategy: settings.updateStrategy,
    defaultDeadlineMs: deadlineMs,
    registry: createFieldRegistry({
      api,
      clock,
      limits,
      timeToLiveMs: settings.fieldsTimeToLiveMs,
      createMissingFields: settings.createMissingFields,
    }),
  });
  return Object.freeze({
    contract: 'v1.1',
    contacts: Object.freeze(contacts),
    api: Object.freeze(api),
    customFields: Object.freeze(createCustomFields(api)),
    scope: readScope,
    verifyAccount,
    raw: createRawClient<V11Paths>({
      baseUrl: settings.baseUrl,
      transport,
      operations: Object.values(operations),
    }),
  });
}
