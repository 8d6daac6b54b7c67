import type { Client } from 'openapi-fetch';
import type { ContactGateway } from '../contacts/contact-gateway.ts';
import type { ReadScope } from '../contract/proven-scope.ts';
import type { paths } from '../generated/cbb-v11.ts';
import { warnOfBrowser } from '../options/browser.ts';
import type { CommonOptions } from '../options/client-options.ts';
import { commonRules, type Rules } from '../options/common-rules.ts';
import { createClientTransport } from '../options/create-client-transport.ts';
import { createGate, type SharedGate } from '../options/create-gate.ts';
import { type DerivedOptions, deriveSettings } from '../options/derived-options.ts';
import { aText, entries, oneOf, wholeNumber } from '../options/rules.ts';
import { type CommonSettings, checkOptions, defined, settingsOf } from '../options/settings.ts';
import { createRawClient } from '../raw/create-raw-client.ts';
import type { Transport } from '../resilience/transport.ts';
import type { V11Api } from './api.ts';
import { createV11Classifier } from './classify-v11.ts';
import { createV11Api } from './create-api.ts';
import { type CustomFields, createCustomFields } from './custom-fields.ts';
import { createFieldRegistry, type FieldRegistry } from './field-registry.ts';
import { type FieldType, fieldTypes } from './field-type.ts';
import { createGuard, type Guard } from './guard-transport.ts';
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
  /**
   * A client that does some things differently, e.g. `withOptions({ timeoutMs: 2_000 })`: each option given takes the
   * place of this client's. Both keep to one rate limit, pause and circuit, whose changes the first client's hooks tell,
   * and to one proof of the account and one list of its fields.
   * @throws TypeError that lists every unusable option
   */
  withOptions(options: DerivedOptions): V11Client;
}

function rules(): Rules<V11ClientOptions> {
  const aName = aText('a text', /./);
  return {
    contract: oneOf(['v1.1']),
    updateStrategy: oneOf(updateStrategies),
    accountId: aName,
    fieldsTimeToLiveMs: wholeNumber(0),
    createMissingFields: entries(aName, oneOf(fieldTypes)),
    ...commonRules(),
  };
}

type V11Settings = CommonSettings &
  Required<Omit<V11ClientOptions, keyof CommonOptions | 'contract' | 'accountId'>>;

/** The service allows 100 a minute and account, and says so only when it is too late. */
const requestsPerMinute = 90;

/** @throws TypeError that lists every unusable option */
export function createV11Client(options: V11ClientOptions): V11Client {
  checkOptions(rules(), options, ['contract', 'apiKey']);
  const { contract, accountId, ...given } = defined(options);
  const settings: V11Settings = {
    updateStrategy: 'fields',
    fieldsTimeToLiveMs: 86_400_000,
    createMissingFields: {},
    rateLimit: { requestsPerMinute },
    ...given,
    ...settingsOf({ rateLimit: { requestsPerMinute }, ...given }),
  };
  warnOfBrowser(settings);
  const gate = createGate(settings);
  const open = createOpenTransport(settings, gate);
  const { clock, deadlineMs, maxWaitMs, timeoutMs } = settings;
  const limits = { deadlineMs, maxWaitMs, timeoutMs };
  const verifyAccount = createAccountCheck(createV11Api(open), open.begin, accountId);
  const readScope = createScopeReader({ clock, limits, verifyAccount, begin: open.begin });
  const guard = createGuard({ accountId, readScope, clock });
  return assemble(settings, {
    gate,
    guard,
    readScope,
    verifyAccount,
    registry: createFieldRegistry({
      api: createV11Api(guard(open, deadlineMs)),
      clock,
      limits,
      timeToLiveMs: settings.fieldsTimeToLiveMs,
      createMissingFields: settings.createMissingFields,
    }),
  });
}

/** What a client and all that are derived from it know and keep to together. */
interface Shared extends Pick<V11Client, 'verifyAccount'> {
  readonly gate: SharedGate;
  readonly guard: Guard;
  readonly readScope: ReadScope;
  readonly registry: FieldRegistry;
}

function assemble(settings: V11Settings, shared: Shared): V11Client {
  const { baseUrl, clock, deadlineMs } = settings;
  const transport = shared.guard(createOpenTransport(settings, shared.gate), deadlineMs);
  const { begin } = transport;
  const api = createV11Api(transport);
  const contacts = createV11Gateway({
    api,
    begin,
    clock,
    strategy: settings.updateStrategy,
    defaultDeadlineMs: deadlineMs,
    registry: shared.registry,
  });
  return Object.freeze({
    contract: 'v1.1',
    contacts: Object.freeze(contacts),
    api: Object.freeze(api),
    customFields: Object.freeze(createCustomFields(api, begin)),
    scope: shared.readScope,
    verifyAccount: shared.verifyAccount,
    raw: createRawClient<V11Paths>({ baseUrl, transport, operations: Object.values(operations) }),
    withOptions: (derived: DerivedOptions) => assemble(deriveSettings(settings, derived), shared),
  });
}

function createOpenTransport(settings: V11Settings, gate: SharedGate): Transport {
  return createClientTransport(settings, gate, {
    keyHeaders: (key) => ({ 'x-access-token': key }),
    classify: createV11Classifier(settings.random),
    operations: Object.values(operations),
  });
}
