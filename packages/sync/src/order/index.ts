export { type StorableViziOrder, storablePhone, storableViziOrder } from './storable-order.ts';
export {
  onlyBranches,
  viziEligibility,
  viziMapping,
  viziMappingDefinition,
} from './vizi-mapping.ts';
export { type ViziOrder, viziOrderSchema } from './vizi-order.ts';
export { viziV11Mapping, viziV11MappingDefinition } from './vizi-v11-mapping.ts';
export { type ViziV11Order, viziV11OrderSchema } from './vizi-v11-order.ts';
export { type InvalidPayload, parseViziWebhook } from './vizi-webhook.ts';
