import type { FaultRule } from '@visanet/cbb-testkit';
import type { Service } from '../../bench/service/start-service.ts';

/** What goes wrong from now on. */
export async function setFaults({ origin }: Service, faults: readonly FaultRule[]): Promise<void> {
  const answer = await fetch(`${origin}/__simulator/config`, {
    method: 'PATCH',
    body: JSON.stringify({ faults }),
  });
  if (!answer.ok) throw new Error(`The simulator refused the faults: ${answer.status}.`);
}
