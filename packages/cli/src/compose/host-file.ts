import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LayoutOptions } from '@visanet/cbb-postgres';
import {
  defineMapping,
  type Mapping,
  type MappingDefinition,
  viziMappingDefinition,
} from '@visanet/cbb-sync';
import { err, ok, type Result } from 'neverthrow';
import * as z from 'zod';
import { type Failure, wrongConfiguration } from '../failure.ts';
import { text } from '../options/flags.ts';

export const hostFlags = {
  config: text(
    'Module whose default export is { mapping, store }, for other tables and fields',
    'file',
  ).optional(),
};

/** What of a host's own code the commands need: its mapping, and the names of its tables and columns. */
export interface Host {
  readonly mapping: Mapping<unknown>;
  /** Type of each mapped custom field. */
  readonly fieldTypes: ReadonlyMap<string, MappedType>;
  readonly layout: LayoutOptions;
}

export type MappedType = MappingDefinition<unknown>['fields'][string]['type'];

interface TypedFields {
  readonly fields: Readonly<Record<string, { readonly type: MappedType }>>;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const hostFile = z.strictObject({
  mapping: z
    .custom<MappingDefinition<Record<string, unknown>>>(
      (value) => isObject(value) && 'fields' in value && 'schema' in value,
      'must be a definition as defineMapping takes it',
    )
    .optional(),
  store: z.custom<LayoutOptions>(isObject, 'must be an object of table and column names').optional(),
});

function hostOf(definition: TypedFields, mapping: Mapping<unknown>, layout: LayoutOptions): Host {
  const fieldTypes = new Map(Object.entries(definition.fields).map(([name, { type }]) => [name, type]));
  return { mapping, fieldTypes, layout };
}

/** The plan's own mapping and names, or those of the host's file. */
export async function loadHost(file: string | undefined): Promise<Result<Host, Failure>> {
  if (file === undefined) {
    return ok(hostOf(viziMappingDefinition, defineMapping(viziMappingDefinition), {}));
  }
  const loaded = await import(pathToFileURL(resolve(file)).href).then(
    (module: unknown) => ok(isObject(module) && 'default' in module ? module.default : undefined),
    () => err(wrongConfiguration(['--config: the module cannot be loaded'])),
  );
  if (loaded.isErr()) return err(loaded.error);
  const parsed = hostFile.safeParse(loaded.value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) =>
      path.length === 0 ? `--config: ${message}` : `--config: ${path.join('.')} ${message}`,
    );
    return err(wrongConfiguration(problems));
  }
  const { mapping, store = {} } = parsed.data;
  if (mapping === undefined) {
    return ok(hostOf(viziMappingDefinition, defineMapping(viziMappingDefinition), store));
  }
  return ok(hostOf(mapping, defineMapping(mapping), store));
}
