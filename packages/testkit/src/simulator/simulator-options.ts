import { type Clock, isObject, systemClock } from '@visanet/cbb-sync';
import type { ContractName, RetryAfterForm } from '../contract/contract.ts';
import { customFieldTypes } from '../contract/field-types.ts';
import type { FaultRule } from '../faults/fault.ts';
import { PRESET_FIELDS, type V11Options } from '../v11/v11-options.ts';

/** Options of {@link createSimulator}; all may be left out. Those of the other contract have no effect. */
export interface SimulatorOptions extends V11Options {
  /** @default 'plan' */
  readonly contract?: ContractName;
  /** Fixes every draw: faults, shapes of errors. @default drawn anew, see `simulator.seed` */
  readonly seed?: number;
  /** Account that the keys belong to; on v1.1 also the first part of the default key. @default '1000001' */
  readonly accountId?: string;
  /** The accepted key, as the client's option of this name. @default a made-up one, see `simulator.apiKey` */
  readonly apiKey?: string;
  /** Several accepted keys, in place of `apiKey`. */
  readonly apiKeys?: readonly string[];
  /** Path before all operations. @default '/api' */
  readonly basePath?: string;
  /** Requests in any 60 s; null: no limit. @default null on plan, 100 on v1.1 */
  readonly rateLimitPerMinute?: number | null;
  /** How the limit of contract plan tells the wait; v1.1 tells it by text alone. @default 'seconds' */
  readonly retryAfterForm?: RetryAfterForm;
  /** Plan: answers to create and update carry `hasWhatsApp`. @default true */
  readonly writeAnswersHaveWhatsApp?: boolean;
  /** Which phones have WhatsApp. @default all */
  readonly hasWhatsApp?: (phone: string) => boolean;
  /** Faults by chance. @default none */
  readonly faults?: readonly FaultRule[];
  /** Time of latency, slow bodies and the rate limit. @default the system's */
  readonly clock?: Clock;
  /** Milliseconds since 1970, for dates in answers. @default Date.now */
  readonly wallNowMs?: () => number;
  /** Answer to a request that breaks the contract. @default 400 */
  readonly violationStatus?: 400 | 500;
  /** Exchanges that the journal keeps; the counts go on. @default 100000 */
  readonly journalLimit?: number;
}

export type Settings = Required<Omit<SimulatorOptions, 'apiKey'>>;

type Rule = (value: unknown) => string | null;

const oneOf =
  (...values: readonly unknown[]): Rule =>
  (value) =>
    values.includes(value) ? null : `must be one of ${values.join(', ')}`;
const callable: Rule = (value) => (typeof value === 'function' ? null : 'must be a function');
const count: Rule = (value) =>
  Number.isInteger(value) && Number(value) > 0 ? null : 'must be a whole number above 0';
const text: Rule = (value) => (typeof value === 'string' && value !== '' ? null : 'must be a text');
const flag: Rule = (value) => (typeof value === 'boolean' ? null : 'must be true or false');

const RULES: Readonly<Record<keyof SimulatorOptions, Rule>> = {
  contract: oneOf('plan', 'v1.1'),
  seed: (value) => (Number.isSafeInteger(value) ? null : 'must be a whole number'),
  accountId: text,
  apiKey: text,
  apiKeys: (value) =>
    Array.isArray(value) && value.length > 0 && value.every((key) => text(key) === null)
      ? null
      : 'must be a list of texts',
  basePath: (value) => (/^(\/[^/?#]+)*$/.test(String(value)) ? null : 'must be empty or a path such as /api'),
  rateLimitPerMinute: (value) => (value === null ? null : count(value)),
  retryAfterForm: oneOf('seconds', 'date', 'none'),
  writeAnswersHaveWhatsApp: flag,
  hasWhatsApp: callable,
  faults: faultRules,
  clock: (value) =>
    typeof value === 'object' && value !== null && 'now' in value && 'schedule' in value
      ? null
      : 'must be a clock',
  wallNowMs: callable,
  violationStatus: oneOf(400, 500),
  journalLimit: count,
  customFields: customFieldList,
  existingPhone: oneOf('upsert', 'ignored', 'refused'),
  contentActions: flag,
  unknownContact: oneOf('empty', 'refused'),
  errorsInBody: flag,
  jsonLabel: oneOf('application/json', 'text/html', 'varied'),
  systemFieldsWritable: flag,
  duplicateFieldNames: flag,
  fieldOptionsTold: flag,
};

function faultRules(value: unknown): string | null {
  if (!Array.isArray(value)) return 'must be a list of fault rules';
  const bad = value.findIndex(
    (rule) => !isProbability(rule?.probability ?? 1) || typeof rule?.fault?.kind !== 'string',
  );
  return bad < 0 ? null : `rule ${bad} needs a fault, and a probability from 0 to 1 or none`;
}

const isProbability = (value: number) => value >= 0 && value <= 1;

function customFieldList(value: unknown): string | null {
  const isField = (field: unknown) =>
    typeof field === 'object' &&
    field !== null &&
    'name' in field &&
    'type' in field &&
    text(field.name) === null &&
    oneOf(...customFieldTypes)(field.type) === null;
  return Array.isArray(value) && value.every(isField)
    ? null
    : `must be a list of fields with name and type: ${customFieldTypes.join(', ')}`;
}

/** All problems of the options in one TypeError; unknown options are problems. */
function checkOptions(
  options: Readonly<Record<string, unknown>>,
  rules: Readonly<Record<string, Rule>> = RULES,
): void {
  const problems = Object.entries(options).flatMap(([name, value]) => {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined) return [`${name} is not an option`];
    const problem = value === undefined ? null : rule(value);
    return problem === null ? [] : [`${name} ${problem}`];
  });
  if (options.apiKey !== undefined && options.apiKeys !== undefined)
    problems.push('apiKeys stands in place of apiKey: give one of them');
  if (problems.length > 0) throw new TypeError(`[cbb-testkit] simulator options: ${problems.join('; ')}`);
}

/** What may change while the simulator runs. */
export type RuntimeSettings = Pick<SimulatorOptions, 'faults' | 'rateLimitPerMinute'>;

export function checkRuntimeSettings(settings: Readonly<Record<string, unknown>>): void {
  checkOptions(settings, { faults: RULES.faults, rateLimitPerMinute: RULES.rateLimitPerMinute });
}

/** The options with their defaults. Throws a TypeError that lists every problem. */
export function readOptions(options: SimulatorOptions): Settings {
  if (!isObject(options)) throw new TypeError('[cbb-testkit] simulator options: must be an object');
  checkOptions({ ...options });
  const contract = options.contract ?? 'plan';
  const accountId = options.accountId ?? '1000001';
  return {
    contract,
    seed: options.seed ?? Math.floor(Math.random() * 2 ** 31),
    accountId,
    apiKeys: options.apiKeys ?? [
      options.apiKey ?? (contract === 'plan' ? 'simulator-key' : `${accountId}.simulator-key`),
    ],
    basePath: options.basePath ?? '/api',
    rateLimitPerMinute:
      options.rateLimitPerMinute === undefined
        ? contract === 'plan'
          ? null
          : 100
        : options.rateLimitPerMinute,
    retryAfterForm: options.retryAfterForm ?? 'seconds',
    writeAnswersHaveWhatsApp: options.writeAnswersHaveWhatsApp ?? true,
    hasWhatsApp: options.hasWhatsApp ?? (() => true),
    faults: options.faults ?? [],
    clock: options.clock ?? systemClock,
    wallNowMs: options.wallNowMs ?? Date.now,
    violationStatus: options.violationStatus ?? 400,
    journalLimit: options.journalLimit ?? 100_000,
    customFields: options.customFields ?? PRESET_FIELDS,
    existingPhone: options.existingPhone ?? 'upsert',
    contentActions: options.contentActions ?? true,
    unknownContact: options.unknownContact ?? 'empty',
    errorsInBody: options.errorsInBody ?? true,
    jsonLabel: options.jsonLabel ?? 'varied',
    systemFieldsWritable: options.systemFieldsWritable ?? false,
    duplicateFieldNames: options.duplicateFieldNames ?? false,
    fieldOptionsTold: options.fieldOptionsTold ?? true,
  };
}
