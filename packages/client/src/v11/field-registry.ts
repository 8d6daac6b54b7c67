import { err, ok, type Result } from 'neverthrow';
import type { CbbError } from '../errors/cbb-error.ts';
import { createError } from '../errors/create-error.ts';
import type { CallOptions } from '../resilience/call-options.ts';
import type { Clock } from '../resilience/clock.ts';
import type { V11Api } from './api.ts';
import { type FieldDefinition, type FieldType, fieldTypeCode } from './field-type.ts';
import { operations } from './operations.ts';
import { fieldDefinitionOf } from './read-answers.ts';

export type FieldsByName = ReadonlyMap<string, FieldDefinition>;

/** The account's custom fields by name, fetched when they are needed and kept for a time. */
export interface FieldRegistry {
  /** Definitions of at least these names; an unknown name is an `invalid_request` that lists the names. */
  resolve(names: readonly string[], nextOptions: () => CallOptions): Promise<Result<FieldsByName, CbbError>>;
  /** What was fetched last, however old; null before the first time. */
  lastKnown(): FieldsByName | null;
  /** The next `resolve` fetches again: something the service said does not fit what is known. */
  forget(): void;
}

export interface FieldRegistryOptions {
  readonly api: Pick<V11Api, 'listCustomFields' | 'createCustomField'>;
  readonly clock: Clock;
  readonly timeToLiveMs: number;
  /** Types of fields that are created when the account lacks them. */
  readonly createMissingFields: Readonly<Record<string, FieldType>>;
}

export function createFieldRegistry(options: FieldRegistryOptions): FieldRegistry {
  const { api, clock, timeToLiveMs, createMissingFields } = options;
  let last: { readonly fields: FieldsByName; readonly fetchedAt: number } | null = null;
  let stale = false;
  let loading: Promise<Result<FieldsByName, CbbError>> | null = null;

  const fetchAll = async (callOptions: CallOptions): Promise<Result<FieldsByName, CbbError>> => {
    const answer = await api.listCustomFields(callOptions);
    if (answer.isErr()) return err(answer.error);
    const fields = new Map<string, FieldDefinition>();
    for (const field of answer.value) {
      // Actions address fields by name: of a name that stands twice nobody can say which one is written.
      const type = fields.has(field.name) ? null : fieldDefinitionOf(field).type;
      fields.set(field.name, { ...fieldDefinitionOf(field), type });
    }
    last = { fields, fetchedAt: clock.now() };
    stale = false;
    return ok(fields);
  };

  // One fetch serves all who wait. A caller that ended its own fetch does not end that of the others.
  const load = async (nextOptions: () => CallOptions): Promise<Result<FieldsByName, CbbError>> => {
    if (loading !== null) {
      const shared = await loading;
      if (shared.isOk() || (shared.error.kind !== 'aborted' && shared.error.kind !== 'timeout'))
        return shared;
    }
    const own = fetchAll(nextOptions());
    loading = own;
    const fetched = await own;
    if (loading === own) loading = null;
    return fetched;
  };

  const createMissing = async (
    names: readonly string[],
    nextOptions: () => CallOptions,
  ): Promise<Result<FieldsByName, CbbError>> => {
    for (const name of names) {
      const type = createMissingFields[name];
      if (type === undefined) continue;
      const created = await api.createCustomField({ name, type: fieldTypeCode(type) }, nextOptions());
      if (created.isErr()) return err(created.error);
    }
    return load(nextOptions);
  };

  return {
    lastKnown: () => last?.fields ?? null,
    forget() {
      stale = true;
    },
    async resolve(names, nextOptions) {
      const missingIn = (fields: FieldsByName) => names.filter((name) => !fields.has(name));
      if (names.length === 0) return ok(last?.fields ?? new Map());

      const isFresh = last !== null && !stale && clock.now() - last.fetchedAt < timeToLiveMs;
      const cached = isFresh ? last : null;
      if (cached !== null && missingIn(cached.fields).length === 0) return ok(cached.fields);

      let fields = await load(nextOptions);
      if (fields.isErr()) return fields;
      const missing = missingIn(fields.value);
      if (missing.some((name) => Object.hasOwn(createMissingFields, name))) {
        fields = await createMissing(missing, nextOptions);
        if (fields.isErr()) return fields;
      }
      const unknown = missingIn(fields.value);
      return unknown.length === 0 ? fields : err(unknownFields(unknown));
    },
  };
}

function unknownFields(names: readonly string[]): CbbError {
  return createError(
    {
      kind: 'invalid_request',
      reason: `the account has no custom field named ${names.join(', ')}: create it, or correct the mapping`,
    },
    operations.listCustomFields,
    'none',
  );
}
