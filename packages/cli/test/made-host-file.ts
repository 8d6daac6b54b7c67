import { defineMapping } from '@visanet/cbb-sync';
import definition from './host-file.ts';

/** A host that hands over the mapping that its own code uses. */
export default { ...definition, mapping: defineMapping(definition.mapping) };
