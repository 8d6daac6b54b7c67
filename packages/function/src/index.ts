export type { RunDueOptions, RunDueResult } from '@visanet/cbb-queue';
export type { Result, ResultAsync } from 'neverthrow';
export { functionCapabilities } from './capabilities.ts';
export { createFunctionSync, type FunctionSync, type FunctionSyncOptions } from './create-function-sync.ts';
