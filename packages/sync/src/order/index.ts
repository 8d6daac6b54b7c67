export { type StorableViziOrder, storablePhone, storableViziOrder } from './storable-order.ts';
export {
  onlyBranches,
  viziEligibility,
  viziMapping,
  viziMappingDefinition,
} from './vizi-mapping.ts';
export { type ViziOrder, viziOrderSchema } from './vizi-order.ts';
export { type InvalidPayload, parseViziWebhook } from './vizi-webhook.ts';
