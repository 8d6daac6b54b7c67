export type * from '@visanet/cbb-queue';
export { functionCapabilities } from './capabilities.ts';
export { createFunctionSync, type FunctionSync, type FunctionSyncOptions } from './create-function-sync.ts';
