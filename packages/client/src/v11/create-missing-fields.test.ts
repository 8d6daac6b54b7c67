import { createSimulator, type Simulator, startSimulatorServer } from '@visanet/cbb-testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { createCbbClient } from '../index.ts';

const phone = '447700900123';

describe('a missing field that many first calls need, against a server', () => {
  let close = async () => {};
  afterEach(() => close());

  const setUp = async (duplicateFieldNames: boolean) => {
    const simulator: Simulator = createSimulator({
      contract: 'v1.1',
      duplicateFieldNames,
      rateLimitPerMinute: 6_000,
      customFields: [],
    });
    simulator.putContact({ id: phone });
    const server = await startSimulatorServer(simulator);
    close = server.close;
    const open = () =>
      createCbbClient({
        contract: 'v1.1',
        apiKey: simulator.apiKey,
        baseUrl: server.url,
        rateLimit: false,
        createMissingFields: { a: 'text', b: 'number' },
      });
    const names = () => simulator.dump().customFields.map(({ name }) => name);
    return { simulator, open, names };
  };
  const changes = { set: { a: 'x', b: 1 }, clear: [] };

  it.each([true, false])('is created once (duplicates accepted: %s)', async (duplicates) => {
    const { simulator, open, names } = await setUp(duplicates);
    const { contacts } = open();
    const written = await Promise.all(Array.from({ length: 5 }, () => contacts.update(phone, changes)));
    expect(written.map((result) => result.isOk())).toEqual(written.map(() => true));
    expect(names().sort()).toEqual(['a', 'b']);
    expect(simulator.counts.createCustomField).toBe(2);
  });

  it('is found by another look where another process was faster', async () => {
    const { open, names } = await setUp(false);
    const written = await Promise.all(
      Array.from({ length: 5 }, () => open().contacts.update(phone, changes)),
    );
    expect(written.map((result) => result.isOk())).toEqual(written.map(() => true));
    expect(names().sort()).toEqual(['a', 'b']);
  });

  it('is found by another look where the answer to its creation was lost', async () => {
    const { simulator, open, names } = await setUp(true);
    simulator.failNext(
      { kind: 'connection_reset', moment: 'after_effect' },
      { operationId: 'createCustomField' },
    );
    (await open().contacts.update(phone, changes))._unsafeUnwrap();
    expect(names()).toEqual(['a', 'b']);
  });

  it('that came to stand twice is told with its ids', async () => {
    const { simulator, open } = await setUp(true);
    const { customFields, ...state } = simulator.dump();
    const twice = [1, 2].map((id) => ({ id: `10000${id}`, name: 'a', type: 'text' as const }));
    simulator.load({ ...state, customFields: twice });
    const refused = (await open().contacts.update(phone, { set: { a: 'x' }, clear: [] }))._unsafeUnwrapErr();
    expect(refused).toMatchObject({ kind: 'invalid_request', retryable: false, effect: 'none' });
    expect(refused.message).toContain('a (ids 100001, 100002)');
  });
});
