export { functionCapabilities } from './capabilities.ts';
export { createFunctionSync, type FunctionSync, type FunctionSyncOptions } from './create-function-sync.ts';
export type { RunDueOptions, RunDueResult } from './run-due.ts';
