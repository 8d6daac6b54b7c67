import assert from 'node:assert/strict';
import { eventually, must, mustFail, ofKind } from './expect-result.ts';
import { identity, idsOf, longMs, phoneA, phoneB, type StoreTest, shortMs } from './workbench.ts';

export function beginTests(test: StoreTest): void {
  test('takes the lease: key stored, order syncing, ledger empty and clean', async (bench) => {
    await bench.order('A', phoneA);
    const { snapshot, crashes, leftPhone } = await bench.acquire('A', phoneA);
    assert.deepEqual({ crashes, leftPhone }, { crashes: 0, leftPhone: 'none' });
    assert.deepEqual(snapshot.ledger, {
      contact: 'unknown',
      hashes: {},
      appliedHashes: null,
      identity: {},
      whatsApp: { answer: 'unknown', ageMs: null },
      verifiedAgeMs: null,
      unclean: false,
      repair: false,
    });
    const [own] = snapshot.candidates;
    assert.deepEqual(
      [own?.orderId, own?.status, own?.phoneKey, own?.position],
      ['A', 'syncing', phoneA, 'newer'],
    );
    const { status, phoneKey } = await bench.load('A');
    assert.deepEqual({ status, phoneKey }, { status: 'syncing', phoneKey: phoneA });
  });

  test('an order that changed since it was read is not begun', async (bench) => {
    await bench.order('A', phoneA);
    const { version } = await bench.load('A');
    await bench.update('A', { client_name: 'Other name' });
    const input = { orderId: 'A', phone: identity(phoneA), leaseMs: longMs, keys: [] };
    ofKind(await must(bench.store.begin({ ...input, version })), 'changed');
    assert.equal((await bench.load('A')).status, 'pending');
    ofKind(await must(bench.store.begin({ ...input, version: version + 1 })), 'acquired');
  });

  test('an order that is gone is an error', async ({ store }) => {
    const input = { orderId: 'gone', version: 1, phone: identity(phoneA), leaseMs: longMs, keys: [] };
    await mustFail(store.begin(input), 'row_missing');
  });

  test('candidates come newest first, order ids bytewise where the rank is the same', async (bench) => {
    await bench.order('b', phoneA, 5);
    await bench.order('Z', phoneA, 5);
    await bench.order('old', phoneA, 1);
    await bench.order('new', phoneA, 9);
    for (const orderId of ['Z', 'old', 'new']) await bench.settle(orderId, 'pending', phoneA);
    const { snapshot } = await bench.acquire('b', phoneA);
    assert.deepEqual(idsOf(snapshot), ['new', 'b', 'Z', 'old']);
  });

  test('each candidate is newer, applied or older than what was applied', async (bench) => {
    for (const [orderId, minute] of [
      ['old', 1],
      ['mid', 2],
      ['new', 3],
    ] as const) {
      await bench.order(orderId, phoneA, minute);
    }
    await bench.sync('mid', phoneA);
    await bench.settle('old', 'pending', phoneA);
    const { snapshot } = await bench.acquire('new', phoneA);
    const positions = snapshot.candidates.map(({ orderId, position }) => [orderId, position]);
    assert.deepEqual(positions, [
      ['new', 'newer'],
      ['mid', 'applied'],
      ['old', 'older'],
    ]);
  });

  test('keys of other orders are stored first, unless they changed or have one', async (bench) => {
    for (const orderId of ['A', 'B', 'C', 'D', 'E']) await bench.order(orderId, phoneA);
    await bench.settle('D', 'pending', phoneB);
    await bench.update('C', { client_name: 'Other name' });
    const key = (orderId: string, phoneKey: string) => ({ orderId, version: 1, phoneKey, bucket: 7 });
    const keys = [key('B', phoneA), key('C', phoneA), key('D', phoneA), key('E', phoneB)];
    const { snapshot } = await bench.acquire('A', phoneA, longMs, keys);
    assert.deepEqual(idsOf(snapshot).sort(), ['A', 'B']);
    const stored = [];
    for (const orderId of ['B', 'C', 'D', 'E']) stored.push((await bench.load(orderId)).phoneKey);
    assert.deepEqual(stored, [phoneA, null, phoneB, phoneB]);
    assert.equal((await bench.load('B')).status, 'pending');
    ofKind(await bench.complete(phoneA, { token: 'no token', snapshot }), 'lost');
  });

  test('a held lease: the rest of its time; the order gets its key and stays as it is', async (bench) => {
    await bench.order('A', phoneA);
    await bench.order('B', phoneA);
    await bench.acquire('A', phoneA);
    const { retryAfterMs } = ofKind(await bench.begin('B', phoneA), 'busy');
    assert.ok(retryAfterMs > 0 && retryAfterMs <= longMs);
    const { status, phoneKey } = await bench.load('B');
    assert.deepEqual({ status, phoneKey }, { status: 'pending', phoneKey: phoneA });
    assert.deepEqual(await bench.due(), ['B']);
  });

  test('phones do not hinder each other', async (bench) => {
    await bench.order('A', phoneA);
    await bench.order('B', phoneB);
    await bench.acquire('A', phoneA);
    await bench.acquire('B', phoneB);
  });

  test('a lease that ran out is taken over unclean, and its holder is refused', async (bench) => {
    await bench.order('A', phoneA);
    await bench.order('B', phoneA);
    await bench.sync('A', phoneA);
    const first = await bench.acquire('A', phoneA, shortMs);
    assert.equal(first.snapshot.ledger.unclean, false);
    await bench.advance?.(shortMs);
    let unclean = false;
    await eventually('the lease runs out', async () => {
      const answer = await bench.begin('B', phoneA);
      if (answer.kind === 'acquired') unclean = answer.snapshot.ledger.unclean;
      return answer.kind === 'acquired';
    });
    assert.equal(unclean, true);
    ofKind(await bench.complete(phoneA, first), 'lost');
    assert.deepEqual(await bench.release(phoneA, first.token, { orderId: 'A' }), { kind: 'lost' });
    assert.equal(await must(bench.store.renew(identity(phoneA), first.token, longMs)), 'lost');
    assert.equal((await bench.load('A')).status, 'syncing');
  });

  test('take-overs of the same order are counted as crashes until it succeeds', async (bench) => {
    await bench.order('A', phoneA);
    let crashes = (await bench.acquire('A', phoneA, 1)).crashes;
    for (const expected of [1, 2]) {
      await bench.advance?.(1);
      await eventually('the lease runs out', async () => {
        const answer = await bench.begin('A', phoneA, 1);
        if (answer.kind === 'acquired') crashes = answer.crashes;
        return answer.kind === 'acquired';
      });
      assert.equal(crashes, expected);
    }
    await bench.advance?.(1);
    await eventually('the sync completes', async () => {
      const answer = await bench.begin('A', phoneA);
      if (answer.kind !== 'acquired') return false;
      assert.equal(answer.snapshot.ledger.unclean, true);
      return (await bench.complete(phoneA, answer)).kind === 'completed';
    });
    await bench.update('A', { client_name: 'Other name' });
    assert.equal((await bench.acquire('A', phoneA)).crashes, 0);
  });

  test('a lease that was given back leaves no crash, whoever gave it', async (bench) => {
    await bench.order('A', phoneA);
    await bench.order('B', phoneA);
    await bench.acquire('A', phoneA);
    await bench.endLease(phoneA);
    const { token } = await bench.acquire('B', phoneA);
    await bench.release(phoneA, token, { orderId: 'B' });
    assert.equal((await bench.load('A')).status, 'syncing');
    assert.equal((await bench.acquire('A', phoneA)).crashes, 0);
  });

  test('the lease of another phone is no word about a crash', async (bench) => {
    await bench.order('A', phoneA);
    await bench.order('B', phoneA);
    await bench.acquire('A', phoneA);
    await bench.endLease(phoneA);
    await bench.acquire('B', phoneA);
    assert.equal((await bench.acquire('A', phoneB)).crashes, 0);
  });

  test('a token of a lease that was given back since tells of no crash', async (bench) => {
    await bench.order('A', phoneA);
    await bench.order('B', phoneA);
    const { token } = await bench.acquire('A', phoneA);
    await bench.endLease(phoneA);
    const later = await bench.acquire('B', phoneA);
    await bench.release(phoneA, later.token, { orderId: 'B' });
    const input = { orderId: 'A', version: 1, phone: identity(phoneA), leaseMs: longMs, keys: [] };
    const begun = await must(bench.store.begin({ ...input, resumes: token }));
    assert.equal(ofKind(begun, 'acquired').crashes, 0);
  });

  test('its own token resumes a lease at once, unclean and without a crash', async (bench) => {
    await bench.order('A', phoneA);
    const { token } = await bench.acquire('A', phoneA);
    const input = { orderId: 'A', version: 1, phone: identity(phoneA), leaseMs: longMs, keys: [] };
    const wrong = '00000000-0000-4000-8000-000000000000';
    ofKind(await must(bench.store.begin({ ...input, resumes: wrong })), 'busy');
    const resumed = ofKind(await must(bench.store.begin({ ...input, resumes: token })), 'acquired');
    assert.deepEqual([resumed.crashes, resumed.snapshot.ledger.unclean], [0, true]);
    assert.notEqual(resumed.token, token);
    assert.equal(await must(bench.store.renew(identity(phoneA), token, longMs)), 'lost');
    await bench.endLease(phoneA);
    const late = await must(bench.store.begin({ ...input, resumes: resumed.token }));
    assert.equal(ofKind(late, 'acquired').crashes, 0);
  });

  test('a renewed lease holds longer; one that ran out is lost', async (bench) => {
    await bench.order('A', phoneA);
    await bench.order('B', phoneB);
    const held = await bench.acquire('A', phoneA, shortMs);
    assert.equal(await must(bench.store.renew(identity(phoneA), held.token, longMs)), 'held');
    const short = await bench.acquire('B', phoneB, shortMs);
    await bench.advance?.(shortMs);
    // Shorter than the time between two looks, so that looking does not keep it alive.
    const renewShort = () => bench.store.renew(identity(phoneB), short.token, 1);
    await eventually('the short lease is lost', async () => (await must(renewShort())) === 'lost');
    ofKind(await bench.complete(phoneA, held), 'completed');
  });
}
