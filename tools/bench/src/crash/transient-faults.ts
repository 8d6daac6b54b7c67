import { type FaultKind, type FaultRule, mixedFaults } from '@visanet/cbb-testkit';
import type { ContractName } from '../bench/contract.ts';

const kinds: ReadonlySet<FaultKind> = new Set([
  'rate_limited',
  'server_error',
  'connection_reset',
  'hang',
  'truncated_body',
  'broken_body',
  'not_json',
  'wrong_content_type',
]);

/** One request of twenty. */
const faultShare = 0.05;

/** The service takes this long for every request, so that kills fall into the middle of work. */
const latencyMs = 80;

/**
 * What a healthy service does now and then, all kinds equally often. On v1.1 a rate limit is told without a time, and
 * the client then waits for most of a minute, which no option shortens: it would fill the whole run.
 */
export function transientFaults(contract: ContractName): FaultRule[] {
  const rules = mixedFaults({ hangs: true, retryAfterMs: 1_000 }).filter(
    ({ fault }) => kinds.has(fault.kind) && (contract === 'plan' || fault.kind !== 'rate_limited'),
  );
  return [
    ...rules.map(({ fault }) => ({ fault, probability: faultShare / rules.length })),
    { fault: { kind: 'latency', delayMs: latencyMs }, probability: 1 },
  ];
}
