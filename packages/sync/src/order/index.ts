export {
  onlyBranches,
  viziEligibility,
  viziMapping,
  viziMappingDefinition,
} from './vizi-mapping.ts';
export { type ViziOrder, viziOrderSchema } from './vizi-order.ts';
