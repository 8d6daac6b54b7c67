import type { ProvenScope } from '@visanet/cbb-client';
import {
  type Mapping,
  type MappingDefinition,
  type ViziOrder,
  viziMapping,
  viziMappingDefinition,
  viziV11Mapping,
  viziV11MappingDefinition,
} from '@visanet/cbb-sync';

type FieldTypes = Readonly<Record<string, Pick<MappingDefinition<unknown>['fields'][string], 'type'>>>;

/** How Vizi's orders become contacts, by contract: the two have other fields. */
export interface Preset {
  readonly mapping: Mapping<ViziOrder>;
  /** Type of each mapped custom field. */
  readonly fields: FieldTypes;
}

const presets: Readonly<Record<ProvenScope['contract'], Preset>> = {
  plan: { mapping: viziMapping, fields: viziMappingDefinition.fields },
  'v1.1': { mapping: viziV11Mapping, fields: viziV11MappingDefinition.fields },
};

/** The mapping that the composition takes where the host gives none of its own. */
export function presetOf(contract: ProvenScope['contract']): Preset {
  return presets[contract];
}
