import type { ContractName } from '../bench/contract.ts';
import type { QueueName } from '../host/queue-name.ts';

export type ScenarioName = 'faults' | 'rejected-key';

export interface CrashOptions {
  readonly queue: QueueName;
  readonly contract: ContractName;
  readonly scenario: ScenarioName;
  readonly seed: number;
  readonly orders: number;
  readonly phones: number;
  readonly kills: number;
}

export const workerCount = 4;
export const workerConcurrency = 5;
