import { err, ok, type Result, ResultAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';
import { gatewayError } from '../../test/world/fake-service.ts';
import { createWorld, type WorldOptions } from '../../test/world/world.ts';
import type { ContactGateway, GatewayError, WriteAnswer } from '../ports/contact-gateway.ts';

const phone = '447700900123';

/** Lets microtasks run. */
const settle = async () => {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
};

/** A gateway that heeds no signal: its next update or create ends when `land` is called, and not before. */
function late(method: 'update' | 'create', options: WorldOptions = {}) {
  const world = createWorld(options);
  let land: (answer?: Result<WriteAnswer, GatewayError>) => void = () => {};
  let asked = () => {};
  const reached = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const inTime: ContactGateway = { ...world.service };
  const slow = (write: () => PromiseLike<Result<WriteAnswer, GatewayError>>) => {
    Object.assign(world.service, inTime);
    asked();
    return new ResultAsync(
      new Promise<Result<WriteAnswer, GatewayError>>((resolve) => {
        land = (answer) => resolve(answer ?? write());
      }),
    );
  };
  const arm = () =>
    Object.assign(
      world.service,
      method === 'update'
        ? { update: (...given: Parameters<ContactGateway['update']>) => slow(() => inTime.update(...given)) }
        : { create: (...given: Parameters<ContactGateway['create']>) => slow(() => inTime.create(...given)) },
    );
  return {
    world,
    /** The sync of an order whose write is given up at its deadline. */
    async giveUp(orderId: string) {
      arm();
      const report = world.sync(orderId);
      await reached;
      world.clock.advance(45_000);
      world.clock.advance(1_000);
      return report;
    },
    async land(answer?: Result<WriteAnswer, GatewayError>) {
      land(answer);
      await settle();
    },
  };
}

describe('a write that was given up, and lands after the write of a newer order', () => {
  it.each(['update', 'create'] as const)('leaves no %s of an older order in the contact', async (method) => {
    const { world, giveUp, land } = late(method);
    if (method === 'update') {
      world.save({ id: 'old' });
      await world.work();
    }
    world.save({ id: 'A', rank: 2, city: 'Oslo', seats: 5 });
    expect(await giveUp('A')).toMatchObject({ failure: 'timeout', status: 'pending' });
    world.save({ id: 'B', rank: 3, city: 'Rome' });
    expect(await world.sync('B')).toMatchObject({ status: 'synced' });
    expect(world.fields()).toMatchObject({ ticket: 'B', city: 'Rome', seats: 1 });
    await world.work();

    if (method === 'create') world.service.contacts.delete(phone);
    await land();
    expect(world.fields()).toMatchObject({ ticket: 'A', city: 'Oslo', seats: 5 });
    const reports = await world.work();
    expect(reports.map(({ outcome }) => outcome)).toContain('updated');
    expect(world.fields()).toMatchObject({ ticket: 'B', city: 'Rome', seats: 1 });
    expect([world.row('A').status, world.row('B').status]).toEqual(['synced', 'synced']);
  });

  it('is seen by the one who holds the phone by then', async () => {
    const { world, giveUp, land } = late('update');
    world.save({ id: 'old' });
    await world.work();
    world.save({ id: 'A', rank: 2, city: 'Oslo' });
    await giveUp('A');
    world.save({ id: 'B', rank: 3, city: 'Rome' });
    const update = world.service.update.bind(world.service);
    world.service.update = (...given) => {
      world.service.update = update;
      return update(...given).andThen((answer) => ResultAsync.fromSafePromise(land().then(() => answer)));
    };
    expect(await world.sync('B')).toMatchObject({ status: 'synced' });
    expect(world.fields()).toMatchObject({ ticket: 'B', city: 'Rome' });
  });

  it('is told to a store that is away at first', async () => {
    let away = 3;
    const { world, giveUp, land } = late('update', {
      wrap: (store) => ({
        ...store,
        voidLedger: (...given) => {
          away -= 1;
          if (away >= 0) throw new Error('away');
          return store.voidLedger(...given);
        },
      }),
    });
    world.save({ id: 'old' });
    await world.work();
    world.save({ id: 'A', rank: 2, city: 'Oslo' });
    await giveUp('A');
    world.save({ id: 'B', rank: 3, city: 'Rome' });
    await world.sync('B');
    await world.work();
    await land();
    for (const ms of [1_000, 2_000, 3_000]) {
      expect(world.state.ledgers.get(phone)?.voided).toBe(false);
      world.clock.advance(ms);
      await settle();
    }
    await world.work();
    expect(world.fields()).toMatchObject({ ticket: 'B', city: 'Rome' });
  });
});

describe('a write that was given up, and ends', () => {
  it.each<[string, Result<WriteAnswer, GatewayError>, boolean]>([
    ['well', ok({ whatsApp: 'yes' }), true],
    ['without a word of its effect', err(gatewayError('network')), true],
    ['in part', err(gatewayError('partial_write', { effect: 'none' })), true],
    ['refused', err(gatewayError('invalid_request')), false],
  ])('%s, makes the ledger void where it may have written', async (_, answer, voided) => {
    const { world, giveUp, land } = late('update');
    world.save({ id: 'old' });
    await world.work();
    world.save({ id: 'A', rank: 2, city: 'Oslo' });
    await giveUp('A');
    await world.again('A');
    expect(world.row('A').status).toBe('synced');
    await land(answer);
    expect(world.state.ledgers.get(phone)?.voided).toBe(voided);
    expect(world.row('A').status).toBe(voided ? 'pending' : 'synced');
  });

  it('before its deadline or right after it, costs nothing', async () => {
    const world = createWorld();
    world.save({ id: 'A' });
    const error = gatewayError('aborted', { effect: 'unknown' });
    world.service.fault = () => ({ when: 'after', error, hangs: true });
    const report = world.sync('A');
    await settle();
    world.clock.advance(45_000);
    expect(await report).toMatchObject({ failure: 'timeout' });
    await settle();
    expect(world.state.ledgers.get(phone)?.voided).toBe(false);
  });
});
