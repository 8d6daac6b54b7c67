import { createSimulator, type Fault, type Simulator, startSimulatorServer } from '@visanet/cbb-testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCbbClient, type FieldChanges } from '../index.ts';

const phone = '447700900123';
const contracts = ['plan', 'v1.1'] as const;
const changes: FieldChanges = { set: { visa_country: 'india', branch: 'il', urgency: 'now' }, clear: [] };
const deadlineMs = 250;
/** Far below any other limit of the client, and far above what a busy machine adds to a deadline. */
const patienceMs = 5_000;

describe.each(contracts)('a service of contract %s that does not answer', (contract) => {
  let simulator: Simulator;
  let url: string;
  let close: () => Promise<void>;
  beforeEach(async () => {
    simulator = createSimulator({ contract, rateLimitPerMinute: 6_000 });
    simulator.putContact({ id: phone });
    ({ url, close } = await startSimulatorServer(simulator));
  });
  afterEach(async () => {
    await close();
    simulator.assertNoViolations();
  });

  const open = (options = {}) => {
    const common = { apiKey: simulator.apiKey, baseUrl: url, rateLimit: false, ...options } as const;
    return contract === 'plan'
      ? createCbbClient({ contract: 'plan', ...common })
      : createCbbClient({ contract: 'v1.1', ...common });
  };
  const method = contract === 'plan' ? 'PATCH' : 'POST';
  const limited = async (fault: Fault, target = {}) => {
    const { contacts } = open();
    // The fields are known, so that the deadline meets the write itself.
    if (contract === 'v1.1') (await contacts.update(phone, changes))._unsafeUnwrap();
    simulator.configure({ faults: [{ fault, target }] });
    const startedAt = performance.now();
    const result = await contacts.update(phone, changes, { deadlineMs });
    const error = result._unsafeUnwrapErr();
    expect(performance.now() - startedAt).toBeLessThan(patienceMs);
    return error;
  };

  it.each<[string, Fault]>([
    ['hangs', { kind: 'hang' }],
    ['hangs after it has acted', { kind: 'hang', moment: 'after_effect' }],
    ['drips', { kind: 'slow_body', durationMs: 600_000 }],
    ['is late', { kind: 'latency', delayMs: 600_000 }],
  ])('%s: a write ends at the deadline of its call, with an unknown effect', async (_, fault) => {
    expect(await limited(fault, { method })).toMatchObject({
      kind: 'timeout',
      effect: 'unknown',
      retryable: true,
    });
  });

  it('ends a call of which one contact hangs, and no other', async () => {
    const { contacts } = open();
    simulator.putContact({ id: '447700900124' });
    simulator.configure({ faults: [{ fault: { kind: 'hang' }, target: { contactId: phone } }] });
    const [hanging, other] = await Promise.all([
      contacts.find(phone, { deadlineMs }),
      contacts.find('447700900124', { deadlineMs: 60_000 }),
    ]);
    expect(hanging._unsafeUnwrapErr()).toMatchObject({ kind: 'timeout', effect: 'none' });
    expect(other._unsafeUnwrap()?.id).toBe('447700900124');
  });

  it('is left alone after a few silent calls, also where the deadline is shorter than the timeout', async () => {
    const { contacts } = open({ deadlineMs: 50 });
    simulator.configure({ faults: [{ fault: { kind: 'hang' } }] });
    const kinds: string[] = [];
    for (let call = 0; call < 20; call += 1) {
      kinds.push((await contacts.find(phone))._unsafeUnwrapErr().kind);
    }
    expect(kinds.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => 'timeout'));
    expect(new Set(kinds.slice(5))).toEqual(new Set(['circuit_open']));
    // On a busy machine one can end before the service has heard of it.
    expect(simulator.journal.length).toBeLessThanOrEqual(5);
  });
});
