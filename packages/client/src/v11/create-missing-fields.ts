import { err, ok, type Result } from 'neverthrow';
import type { CbbError } from '../errors/cbb-error.ts';
import type { CallLimits, CallOptions } from '../resilience/call-options.ts';
import { type NextOptions, startSeries } from '../resilience/call-series.ts';
import type { Clock } from '../resilience/clock.ts';
import { createFlight } from '../resilience/create-flight.ts';
import type { V11Api } from './api.ts';
import type { FieldList } from './field-list.ts';
import { type FieldType, fieldTypeCode } from './field-type.ts';
import { operations } from './operations.ts';

export interface FieldCreator {
  /** Fields that were created so far. */
  creations(): number;
  /** Creates what is missing by then, each name once however many ask, and answers the list that shows it. */
  create(names: readonly string[], next: NextOptions): Promise<Result<FieldList, CbbError>>;
}

export function createFieldCreator(parts: {
  readonly api: Pick<V11Api, 'createCustomField'>;
  readonly clock: Clock;
  readonly limits: CallLimits;
  readonly createMissingFields: Readonly<Record<string, FieldType>>;
  readonly load: (next: NextOptions) => Promise<Result<FieldList, CbbError>>;
  readonly last: () => FieldList | null;
}): FieldCreator {
  const { api, clock, limits, createMissingFields, load, last } = parts;
  let creations = 0;

  /** A list from before the last creation proves nothing of what is missing. */
  const looked = async (next: NextOptions): Promise<Result<FieldList, CbbError>> => {
    const known = last();
    return known !== null && known.creations === creations ? ok(known) : load(next);
  };

  const createOne = async (
    name: string,
    type: FieldType,
    options: CallOptions,
  ): Promise<Result<void, CbbError>> => {
    const next = startSeries(clock, options, limits.deadlineMs);
    const before = await looked(next);
    if (before.isErr()) return err(before.error);
    if (before.value.fields.has(name)) return ok();
    const created = await api.createCustomField({ name, type: fieldTypeCode(type) }, next());
    creations += 1;
    if (created.isOk()) return ok();
    // Refused, because another process was faster, or without an answer: only another look tells.
    const after = await load(next);
    return after.isOk() && after.value.fields.has(name) ? ok() : err(created.error);
  };

  const flights = new Map(
    Object.entries(createMissingFields).map(([name, type]) => [
      name,
      createFlight<void>({
        clock,
        limits,
        operation: operations.createCustomField,
        run: (options) => createOne(name, type, options),
      }),
    ]),
  );

  return {
    creations: () => creations,
    async create(names, next) {
      for (const name of names) {
        const created = await flights.get(name)?.(next());
        if (created?.isErr()) return err(created.error);
      }
      return looked(next);
    },
  };
}
