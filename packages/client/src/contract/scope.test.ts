import { createSimulator, type Simulator, startSimulatorServer } from '@visanet/cbb-testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { json, text } from '../../test/scripted-fetch.ts';
import { setUpScript } from '../../test/set-up-v11.ts';
import { createCbbClient } from '../index.ts';

const account = json({ page_id: '1000001', name: 'Example' });

describe('the scope that a client proves', () => {
  let simulator: Simulator;
  let url: string;
  let close: () => Promise<void>;
  beforeEach(async () => {
    simulator = createSimulator({ contract: 'v1.1' });
    ({ url, close } = await startSimulatorServer(simulator));
  });
  afterEach(() => close());

  it('is asked for by one request of all who ask, and remembered', async () => {
    const client = createCbbClient({ contract: 'v1.1', apiKey: simulator.apiKey, baseUrl: url });
    const asked = await Promise.all(Array.from({ length: 20 }, () => client.scope()));
    for (const scope of [...asked, await client.scope()]) {
      expect(scope._unsafeUnwrap()).toEqual({ contract: 'v1.1', account: '1000001' });
    }
    expect(simulator.counts).toEqual({ getAccount: 1 });
  });

  it('is refused where another account was expected', async () => {
    const options = { contract: 'v1.1', apiKey: simulator.apiKey, baseUrl: url, accountId: '2' } as const;
    const refused = await createCbbClient(options).scope();
    expect(refused._unsafeUnwrapErr()).toMatchObject({ kind: 'unauthorized', retryable: false });
  });

  it('needs no request on plan', async () => {
    const client = createCbbClient({
      contract: 'plan',
      apiKey: 'k',
      fetch: () => Promise.reject(new Error()),
    });
    expect((await client.scope())._unsafeUnwrap()).toEqual({ contract: 'plan', account: 'default' });
  });

  it('is asked for again after a failure', async () => {
    const { client, clock, sent } = setUpScript([text('', 503), account], { retry: { attempts: 1 } });
    expect((await clock.settle(client.scope()))._unsafeUnwrapErr().kind).toBe('unavailable');
    expect((await clock.settle(client.scope()))._unsafeUnwrap().account).toBe('1000001');
    expect(sent).toHaveLength(2);
  });
});

describe('one who waits for the scope of another', () => {
  it('waits within its own deadline, and ends nobody else', async () => {
    const { client, clock, sent } = setUpScript(['hang', account], { timeoutMs: 2_000, random: () => 0 });
    const patient = client.scope();
    const hasty = await clock.settle(client.scope({ deadlineMs: 100 }));
    expect(hasty._unsafeUnwrapErr().kind).toBe('timeout');
    expect(clock.now()).toBe(100);
    expect((await clock.settle(patient)).isOk()).toBe(true);
    expect(sent).toHaveLength(2);
  });

  it('takes the work over where the first one leaves', async () => {
    const { client, clock, sent } = setUpScript(['hang', account], { timeoutMs: 2_000, random: () => 0 });
    const controller = new AbortController();
    const first = client.scope({ signal: controller.signal });
    const second = client.scope();
    controller.abort();
    expect((await first)._unsafeUnwrapErr().kind).toBe('aborted');
    expect((await clock.settle(second)).isOk()).toBe(true);
    expect(sent).toHaveLength(2);
  });

  it('ends the request where nobody waits any more', async () => {
    const { client, clock, sent } = setUpScript(['hang', account]);
    expect((await clock.settle(client.scope({ deadlineMs: 100 }))).isErr()).toBe(true);
    expect(sent[0]?.request.signal.aborted).toBe(true);
    expect((await clock.settle(client.scope())).isOk()).toBe(true);
  });
});
