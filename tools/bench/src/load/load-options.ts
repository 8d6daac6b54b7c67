import type { ContractName } from '../bench/contract.ts';
import type { QueueName } from '../host/queue-name.ts';

export interface LoadOptions {
  readonly queue: QueueName;
  readonly contract: ContractName;
  readonly seed: number;
  readonly orders: number;
  /** Arrivals per second. */
  readonly rate: number;
}
