import type { ContractName } from '@visanet/cbb-client';
import { type HostStoreOptions, layoutOf, presetOf } from '@visanet/cbb-host';
import type { LayoutOptions } from '@visanet/cbb-postgres';
import { defineMapping, isObject, type Mapping, type MappingDefinition } from '@visanet/cbb-sync';
import { err, ok, type Result } from 'neverthrow';
import * as z from 'zod';
import { type Failure, wrongConfiguration } from '../failure.ts';
import { text } from '../options/flags.ts';
import { loadDefaultExport } from './load-module.ts';

export const hostFlags = {
  config: text(
    'Module whose default export is { mapping, store }, for other tables and fields',
    'file',
  ).optional(),
};

/** What of a host's own code the commands need: its mapping, and the options of its store. */
export interface Host {
  /** Of the host's own file; undefined: the preset for the contract. */
  readonly mapping: Mapping<unknown> | undefined;
  mappingOf(contract: ContractName): Mapping<unknown>;
  fieldTypesOf(contract: ContractName): FieldTypes;
  /** Names of tables and columns, which migrations take too. */
  readonly layout: LayoutOptions;
  /** All that `createPostgresStore` takes beside the parts that the command line makes. */
  readonly store: HostStoreOptions;
}

/** Type of each mapped custom field; null where a mapping of the host's own making does not tell. */
export type FieldTypes = ReadonlyMap<string, MappedType | null>;

export type MappedType = MappingDefinition<unknown>['fields'][string]['type'];
type Definition = MappingDefinition<Record<string, unknown>>;

const isMapping = (value: object): value is Mapping<unknown> =>
  'parse' in value && 'fieldNames' in value && 'watchedColumns' in value;

const madeHere = ['client', 'mapping', 'scope', 'onFailover'];

const hostFile = z.strictObject({
  mapping: z
    .custom<Definition | Mapping<unknown>>(
      (value) => isObject(value) && (isMapping(value) || ('fields' in value && 'schema' in value)),
      'must be what defineMapping takes, or what it gives',
    )
    .optional(),
  store: z
    .custom<HostStoreOptions>(isObject, 'must be an object of options as createPostgresStore takes them')
    .refine((store) => madeHere.every((name) => !(name in store)), {
      error: `must hold none of ${madeHere.join(', ')}: the command line makes these`,
    })
    .optional(),
});

function hostOf(mapping: Definition | Mapping<unknown> | undefined, store: HostStoreOptions): Host {
  const layout = layoutOf(store);
  if (mapping === undefined) {
    return {
      mapping,
      mappingOf: (contract) => presetOf(contract).mapping,
      fieldTypesOf: (contract) => typesOf(presetOf(contract).fields),
      layout,
      store,
    };
  }
  const made = isMapping(mapping) ? mapping : defineMapping(mapping);
  const fieldTypes = isMapping(mapping)
    ? new Map(mapping.fieldNames.map((name) => [name, mapping.fieldTypes?.[name] ?? null]))
    : typesOf(mapping.fields);
  return { mapping: made, mappingOf: () => made, fieldTypesOf: () => fieldTypes, layout, store };
}

function typesOf(fields: Readonly<Record<string, { readonly type: MappedType }>>): FieldTypes {
  return new Map(Object.entries(fields).map(([name, { type }]) => [name, type]));
}

/** The presets and the plan's own names, or those of the host's file. */
export async function loadHost(file: string | undefined): Promise<Result<Host, Failure>> {
  if (file === undefined) return ok(hostOf(undefined, {}));
  const loaded = await loadDefaultExport(file);
  if (loaded.isErr()) return err(wrongConfiguration([`--config: ${loaded.error}`]));
  const parsed = hostFile.safeParse(loaded.value);
  if (parsed.success) return ok(hostOf(parsed.data.mapping, parsed.data.store ?? {}));
  const problems = parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? `--config: the default export: ${message}` : `--config: ${path.join('.')} ${message}`,
  );
  return err(wrongConfiguration(problems));
}
