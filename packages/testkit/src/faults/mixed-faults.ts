import { refuseUnknown } from '../simulator/refuse-unknown.ts';
import type { FaultRule } from './fault.ts';

/** How {@link mixedFaults} spreads its faults. */
export interface MixedFaultsOptions {
  /** Chance that any fault strikes a request, from 0 to 1. @default 0.2 */
  readonly probability?: number;
  /** Hangs cost a caller its whole timeout. @default false */
  readonly hangs?: boolean;
  /** Wait that a 429 asks for, in milliseconds. @default 1000 */
  readonly retryAfterMs?: number;
  /** Duration of the slow ones, in milliseconds. @default 20 */
  readonly slowMs?: number;
}

/** Rules with every fault that a healthy client survives, each about equally likely. Rejected keys are not among them. */
export function mixedFaults(options: MixedFaultsOptions = {}): FaultRule[] {
  refuseUnknown(options, ['probability', 'hangs', 'retryAfterMs', 'slowMs'], 'mixed faults');
  const { probability = 0.2, hangs = false, retryAfterMs = 1000, slowMs = 20 } = options;
  const faults: FaultRule['fault'][] = [
    { kind: 'latency', delayMs: slowMs },
    { kind: 'rate_limited' },
    { kind: 'rate_limited', retryAfterMs, form: 'seconds' },
    { kind: 'rate_limited', retryAfterMs, form: 'date' },
    { kind: 'server_error', moment: 'before_effect' },
    { kind: 'server_error', moment: 'after_effect', status: 503 },
    { kind: 'connection_reset', moment: 'before_effect' },
    { kind: 'connection_reset', moment: 'after_effect' },
    { kind: 'truncated_body' },
    { kind: 'broken_body' },
    { kind: 'not_json' },
    { kind: 'wrong_content_type' },
    { kind: 'slow_body', durationMs: slowMs },
    { kind: 'duplicate_create' },
    ...(hangs ? [{ kind: 'hang', moment: 'after_effect' } as const] : []),
  ];
  return faults.map((fault) => ({ fault, probability: probability / faults.length }));
}
