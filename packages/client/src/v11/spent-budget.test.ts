import { createSimulator } from '@visanet/cbb-testkit';
import { expect, it } from 'vitest';
import { createManualClock } from '../../test/manual-clock.ts';
import { phone } from '../../test/set-up-v11.ts';
import { createCbbClient } from '../index.ts';

it.each([
  ['shortest', 0, 40_000],
  ['longest', 0.999, 59_980],
])(
  'waits out the limit that somebody else has used up, the %s wait, and sends nothing meanwhile',
  async (_, draw, waitMs) => {
    const clock = createManualClock();
    const simulator = createSimulator({ contract: 'v1.1', clock });
    const fetch = (request: Request) => simulator.fetch(request);
    const access = { contract: 'v1.1', apiKey: simulator.apiKey, fetch, clock } as const;
    const patient = { deadlineMs: 600_000, maxWaitMs: 600_000, random: () => draw };
    const client = createCbbClient({ ...access, ...patient });

    const other = createCbbClient({ ...access, rateLimit: false });
    const spent = await clock.settle(Promise.all(Array.from({ length: 60 }, () => other.api.getAccount())));
    expect(spent.every((result) => result.isOk())).toBe(true);
    clock.advance(20_000);

    const calls = Array.from({ length: 70 }, () => client.contacts.find(phone));
    const results = await clock.settle(Promise.all(calls));
    expect(results.every((result) => result.isOk())).toBe(true);

    const ours = simulator.journal.slice(60);
    const refused = ours.filter(({ carriedOut }) => !carriedOut);
    // 100 less the 60 of the other one were left.
    expect(refused).toHaveLength(30);
    expect(refused.every(({ atMs }) => atMs === 20_000)).toBe(true);
    const next = ours.find(({ atMs }) => atMs > 20_000);
    expect(next?.atMs).toBe(20_000 + waitMs);
  },
);
