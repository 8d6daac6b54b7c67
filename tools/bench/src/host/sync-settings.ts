import type { ContractName } from '../bench/contract.ts';
import type { Pricing } from '../bench/trace/floor.ts';
import type { QueueName } from './queue-name.ts';

/** Durations of one set-up, in milliseconds; all are public options of the packages. */
export interface Timing {
  readonly requestTimeoutMs: number;
  readonly callDeadlineMs: number;
  readonly retryBaseMs: number;
  readonly maxWaitMs: number;
  readonly circuitOpenMs: number;
  readonly leaseMs: number;
  readonly backoffBaseMs: number;
  readonly backoffMaxMs: number;
  readonly sweepIntervalMs: number;
  readonly statementTimeoutMs: number;
}

/** Everything that a process of the host needs to produce or to work orders; travels by messages. */
export interface SyncSettings {
  readonly queue: QueueName;
  readonly databaseUrl: string;
  /** Null where the queue needs none. */
  readonly redisUrl: string | null;
  readonly service: {
    readonly contract: ContractName;
    readonly url: string;
    readonly apiKey: string;
    /** How contacts are updated. @default v1.1: field by field */
    readonly pricing?: Pricing;
  };
  readonly timing: Timing;
}

/** Patience for minutes made patience for seconds, so that every take-over falls into a short run. */
export const shortTiming: Timing = {
  requestTimeoutMs: 1_000,
  callDeadlineMs: 4_000,
  retryBaseMs: 50,
  maxWaitMs: 1_500,
  circuitOpenMs: 500,
  leaseMs: 4_000,
  backoffBaseMs: 300,
  backoffMaxMs: 2_000,
  sweepIntervalMs: 1_000,
  statementTimeoutMs: 3_000,
};

/** For runs where nothing hangs: nobody gives up because the machine is busy. */
export const patientTiming: Timing = {
  ...shortTiming,
  requestTimeoutMs: 10_000,
  callDeadlineMs: 12_000,
  leaseMs: 15_000,
  statementTimeoutMs: 10_000,
};
