import { ResultAsync } from 'neverthrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld } from '../../test/world/world.ts';

const secret = 'Bearer 123.topsecret';
const storeMethods = [
  'load',
  'admit',
  'settle',
  'begin',
  'renew',
  'complete',
  'release',
  'voidLedger',
  'claimDue',
  'listDue',
  'arm',
  'rearm',
  'peek',
  'beginErase',
  'completeErase',
  'isErased',
  'liftTombstone',
] as const;
const gatewayMethods = ['find', 'create', 'update', 'checkWhatsApp', 'erase'] as const;
const ways = {
  throws: () => {
    throw new Error(secret);
  },
  rejects: () => new ResultAsync<never, never>(Promise.reject(new Error(secret))),
  'rejects as a plain promise': () => Promise.reject(new Error(secret)),
  'answers nothing': () => undefined,
  'answers nothing later': () => Promise.resolve(undefined),
};

const unheard: unknown[] = [];
const hear = (reason: unknown) => void unheard.push(reason);
const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

beforeAll(() => void process.on('unhandledRejection', hear));
afterAll(() => void process.off('unhandledRejection', hear));

/** Everything that a host can ask of an engine, over an order that was synced once, edited, and one that is new. */
async function askAll(world: ReturnType<typeof createWorld>): Promise<string> {
  const { engine } = world;
  const answers = [
    await engine.sync('A'),
    await engine.sync('A', { force: true, history: true, now: true }),
    await engine.sync('B'),
    await engine.sync('none'),
    await engine.claimDue(10),
    await engine.listDue(null, 10),
    await engine.arm('A'),
    await engine.preview('A'),
    await engine.erase({ phone: '447700900123' }),
    await engine.liftErasure('447700900123'),
  ];
  await settled();
  return JSON.stringify(answers);
}

describe.each(Object.entries(ways))('a port of the host that %s', (_, way) => {
  it.each(storeMethods)(
    'in store.%s is a store that failed, and nothing is rejected unheard',
    async (method) => {
      let broken = false;
      const world = createWorld({
        wrap: (store) =>
          new Proxy(store, {
            get: (target, name, receiver) =>
              broken && name === method ? way : Reflect.get(target, name, receiver),
          }),
      });
      world.save({ id: 'A' });
      await world.sync('A');
      world.save({ id: 'A', seats: 7 });
      world.save({ id: 'B', phone: '447700900124' });
      broken = true;
      expect(await askAll(world)).not.toContain(secret);
      expect(unheard).toEqual([]);
    },
  );

  it.each(gatewayMethods)(
    'in gateway.%s is a service that failed, and nothing is rejected unheard',
    async (method) => {
      const world = createWorld();
      world.save({ id: 'A' });
      await world.sync('A');
      world.save({ id: 'A', seats: 7 });
      world.save({ id: 'B', phone: '447700900124' });
      Object.assign(world.service, { [method]: way });
      expect(await askAll(world)).not.toContain(secret);
      expect(unheard).toEqual([]);
    },
  );
});
