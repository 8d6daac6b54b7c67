import {
  checkOptions,
  hasMethods,
  isFunction,
  isObject,
  type OptionRule,
  type OptionRules,
  optional,
  rule,
  wholeNumber,
} from '@visanet/cbb-sync';
import type { CbbSyncOptions, QueueName, QueueOptions } from './host-options.ts';

const queueNames: readonly string[] = ['function', 'bullmq', 'pg-boss'] satisfies readonly QueueName[];
const anObject = rule('must be an object', isObject);
const madeHere = ['client', 'mapping', 'scope', 'onFailover'];
const storeOptionsRule = rule(
  `must be an object without ${madeHere.join(', ')}, which are made here`,
  (value) => isObject(value) && madeHere.every((name) => !(name in value)),
);

/** Options of the adapter that each name stands for; the adapter checks their values. */
const optionsOf: Readonly<Record<QueueName, readonly (keyof QueueOptions)[]>> = {
  function: [],
  bullmq: ['queueName', 'queue', 'connection', 'prefix', 'lockMs'],
  'pg-boss': ['queueName', 'boss', 'schema', 'pollingIntervalMs', 'superviseIntervalMs'],
};

const queueRule = rule(
  `must be one of ${queueNames.join(', ')}, or a function that makes an adapter`,
  (value) => typeof value === 'function' || (typeof value === 'string' && queueNames.includes(value)),
);
const mappingRule: OptionRule = (value) =>
  typeof value === 'function' ? undefined : hasMethods('parse', 'phoneOf', 'desiredContact')(value);
const limitRule: OptionRule = (value) =>
  value === false || value === 'redis' || value === 'postgres' || hasMethods('acquire')(value) === undefined
    ? undefined
    : "must be 'redis', 'postgres', a limiter or false";

function queueOptionsRule(queue: unknown): OptionRule {
  return (value) => {
    if (!isObject(value)) return 'must be an object';
    if (typeof queue === 'function') return 'go with a queue that is named';
    const name = queueNames.find((each) => each === queue) ?? 'function';
    const known = new Map<string, readonly string[]>(Object.entries(optionsOf)).get(name) ?? [];
    const unknown = Object.keys(value).filter((key) => !known.includes(key));
    return unknown.length === 0 ? undefined : `${unknown.join(', ')} is no option of ${name}`;
  };
}

/** @throws TypeError that lists every problem */
export function checkHostOptions<O>(options: CbbSyncOptions<O> | null): void {
  const rules: OptionRules = {
    queue: optional(queueRule),
    queueOptions: optional(queueOptionsRule(options?.queue)),
    environment: optional(anObject),
    mapping: optional(mappingRule),
    pool: optional(hasMethods('query')),
    redis: optional(hasMethods('defineCommand', 'multi', 'pttl')),
    storeOptions: optional(storeOptionsRule),
    store: optional(hasMethods('load', 'begin', 'complete', 'release', 'claimDue')),
    clientOptions: optional(anObject),
    client: optional(
      rule('must be made by createCbbClient', (value) => isObject(value) && 'contacts' in value),
    ),
    rateLimit: optional(limitRule),
    engineOptions: optional(anObject),
    concurrency: optional(wholeNumber(1, 1_000)),
    offline: optional(rule('must be true or false', (value) => typeof value === 'boolean')),
    onEvent: optional(isFunction),
    onDriverError: optional(isFunction),
  };
  checkOptions('createCbbSync', options, rules);
}
