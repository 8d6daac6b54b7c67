import type { FaultRule } from '@visanet/cbb-testkit';

const leastMs = 20;
/** Each is added or not, evenly: every fourth millisecond from 0 to 60 is equally likely. */
const stepsMs = [4, 8, 16, 32];

/** 50 ms ± 30: latencies of several rules add up. */
export function serviceLatency(): FaultRule[] {
  return [
    { fault: { kind: 'latency', delayMs: leastMs }, probability: 1 },
    ...stepsMs.map((delayMs) => ({ fault: { kind: 'latency', delayMs } as const, probability: 0.5 })),
  ];
}
