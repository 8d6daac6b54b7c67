import { err, ok, type Result } from 'neverthrow';
import type { CbbError } from '../errors/cbb-error.ts';
import type { CallLimits } from '../resilience/call-options.ts';
import type { NextOptions } from '../resilience/call-series.ts';
import type { Clock } from '../resilience/clock.ts';
import { createFlight } from '../resilience/create-flight.ts';
import type { V11Api } from './api.ts';
import { createFieldCreator } from './create-missing-fields.ts';
import { type FieldList, type FieldsByName, readFieldList } from './field-list.ts';
import { ambiguousFields, unknownFields } from './field-problems.ts';
import type { FieldType } from './field-type.ts';
import { operations } from './operations.ts';

/** The account's custom fields by name, fetched when they are needed and kept for a time. */
export interface FieldRegistry {
  /** Definitions of at least these names; an unknown or doubled name is an `invalid_request` that lists the names. */
  resolve(names: readonly string[], next: NextOptions): Promise<Result<FieldsByName, CbbError>>;
  /** What was fetched last, however old; null before the first time. */
  lastKnown(): FieldsByName | null;
  /** The next `resolve` fetches again: something the service said does not fit what is known. */
  forget(): void;
}

export interface FieldRegistryOptions {
  readonly api: Pick<V11Api, 'listCustomFields' | 'createCustomField'>;
  readonly clock: Clock;
  readonly limits: CallLimits;
  readonly timeToLiveMs: number;
  /** Types of fields that are created when the account lacks them. */
  readonly createMissingFields: Readonly<Record<string, FieldType>>;
}

/** A name that was looked for and not found, or a refusal, is not looked into again before this time has passed. */
const quietMs = 60_000;

export function createFieldRegistry(options: FieldRegistryOptions): FieldRegistry {
  const { api, clock, limits, timeToLiveMs, createMissingFields } = options;
  let last: FieldList | null = null;
  let stale = false;
  let forgotAt = Number.NEGATIVE_INFINITY;
  const missedAt = new Map<string, number>();
  const within = (time: number | undefined, spanMs: number) =>
    time !== undefined && clock.now() - time < spanMs;

  const fetchList = createFlight<FieldList>({
    clock,
    limits,
    operation: operations.listCustomFields,
    async run(callOptions) {
      const creations = creator.creations();
      const answer = await api.listCustomFields(callOptions);
      if (answer.isErr()) return err(answer.error);
      last = readFieldList(answer.value, { fetchedAt: clock.now(), creations });
      stale = false;
      missedAt.clear();
      return ok(last);
    },
  });
  /** A list that was asked for before a field was created does not show it. */
  const load = async (callOptions: NextOptions): Promise<Result<FieldList, CbbError>> => {
    const list = await fetchList(callOptions());
    const isCurrent = list.isErr() || list.value.creations === creator.creations();
    return isCurrent ? list : fetchList(callOptions());
  };
  const creator = createFieldCreator({ api, clock, limits, createMissingFields, load, last: () => last });

  const findMissing = async (list: FieldList, names: readonly string[], next: NextOptions) => {
    const missing = names.filter((name) => !list.fields.has(name));
    const created = missing.filter((name) => Object.hasOwn(createMissingFields, name));
    return created.length === 0 ? ok(list) : creator.create(created, next);
  };

  const current = (names: readonly string[]): FieldList | null => {
    if (last === null || stale || !within(last.fetchedAt, timeToLiveMs)) return null;
    const { fields } = last;
    return names.every((name) => fields.has(name) || within(missedAt.get(name), quietMs)) ? last : null;
  };

  return {
    lastKnown: () => last?.fields ?? null,
    forget() {
      if (within(forgotAt, quietMs)) return;
      forgotAt = clock.now();
      stale = true;
    },
    async resolve(names, next) {
      if (names.length === 0) return ok(last?.fields ?? new Map());
      const known = current(names);
      const list = known === null ? await load(next) : ok(known);
      const complete = list.isErr() ? list : await findMissing(list.value, names, next);
      if (complete.isErr()) return err(complete.error);
      const { fields, ids } = complete.value;
      const unknown = names.filter((name) => !fields.has(name));
      for (const name of unknown) if (!within(missedAt.get(name), quietMs)) missedAt.set(name, clock.now());
      if (unknown.length > 0) return err(unknownFields(unknown));
      const doubled = names.filter((name) => (ids.get(name)?.length ?? 0) > 1);
      return doubled.length > 0 ? err(ambiguousFields(doubled, ids)) : ok(fields);
    },
  };
}
