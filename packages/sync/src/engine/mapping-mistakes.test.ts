import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { FakeService } from '../../test/world/fake-service.ts';
import { ManualClock } from '../../test/world/manual-clock.ts';
import { defineMapping } from '../mapping/define-mapping.ts';
import type { MappingDefinition } from '../mapping/definition.ts';
import type { StandardSchema } from '../mapping/standard-schema.ts';
import { createMemoryStore } from '../memory-store/create-memory-store.ts';
import { createSyncEngine } from './create-sync-engine.ts';

const phone = '447700900123';
const text = z.string();
const columns = { id: text, phone: text, at: text, city: text, seats: z.number() };
const schema = z.object(columns);
type Order = z.infer<typeof schema>;

const row: Order = { id: 'A', phone, at: '2026-01-01', city: 'Oslo', seats: 1 };
const good: MappingDefinition<Order> = {
  schema,
  orderId: 'id',
  phone: 'phone',
  rank: 'at',
  name: 'city',
  fields: { city: { type: 'text', from: 'city' }, seats: { type: 'number', from: 'seats' } },
};

/** Functions behave until it is set. */
let broken = false;
const either = (right: unknown, wrong: () => unknown) => (broken ? wrong() : right);
const throws = (thrown: unknown) => () => {
  throw thrown;
};
const secret = `of ${phone}`;

const field = (type: 'text' | 'number' | 'date' | 'boolean', right: unknown, wrong: () => unknown) => ({
  fields: { ...good.fields, f: { type, from: 'seats', value: () => either(right, wrong) } as const },
});
// Hosts without types give whatever they like.
const eligible = (wrong: () => unknown) => ({
  eligible: Object.assign(
    { from: ['seats' as const], decide: () => ({ eligible: true as const }) },
    { decide: () => either({ eligible: true }, wrong) },
  ),
});
const phoneRule = (wrong: () => unknown) => ({
  phone: Object.assign({ from: 'phone' as const, value: () => phone }, { value: () => either(phone, wrong) }),
});
const validating = (validate: StandardSchema<Order>['~standard']['validate']): StandardSchema<Order> => ({
  '~standard': { version: 1, vendor: 'test', validate },
});

/** A row whose city cannot be asked for. */
const guarded = (order: Order): Order =>
  Object.defineProperty({ ...order }, 'city', {
    get: () => either('Oslo', throws(new SyntaxError(secret))),
    enumerable: true,
  });

const mistakes: readonly (readonly [
  name: string,
  wrong: Partial<MappingDefinition<Order>>,
  reason: string,
])[] = [
  ['value throws', field('text', 'x', throws(new RangeError(secret))), 'f (RangeError)'],
  ['value throws a text', field('text', 'x', throws(secret)), 'f (string)'],
  ['value throws nothing', field('text', 'x', throws(undefined)), 'f (undefined)'],
  ['value throws null', field('text', 'x', throws(null)), 'f (object)'],
  [
    'value throws what cannot be looked at',
    field('text', 'x', throws(new Proxy({}, { get: throws(0), getPrototypeOf: throws(0) }))),
    'f (Error)',
  ],
  ['value is asynchronous', field('text', 'x', async () => 'y'), 'f (gave a Promise)'],
  ['value rejects', field('text', 'x', async () => throws(secret)()), 'f (gave a Promise)'],
  ['value gives NaN', field('number', 1, () => Number.NaN), 'f (gave NaN)'],
  ['value divides by nothing', field('number', 1, () => 1 / 0), 'f (gave Infinity)'],
  [
    'value gives an invalid Date',
    field('date', '2026-01-01', () => new Date('x')),
    'f (gave an invalid Date)',
  ],
  ['value gives a function', field('boolean', true, () => throws), 'f (gave a function)'],
  [
    'value gives a text without end',
    field('text', 'x', () => 'x'.repeat(2 ** 28)),
    'f (gave a text of more than 1000000 characters)',
  ],
  ['decide throws', eligible(throws(new RangeError(secret))), 'eligible (RangeError)'],
  [
    'decide is asynchronous',
    eligible(async () => ({ eligible: false, reason: 'no' })),
    'eligible (gave a Promise)',
  ],
  ['decide gives nothing', eligible(() => undefined), 'eligible (gave neither true nor false as eligible)'],
  ['decide gives a word', eligible(() => 'yes'), 'eligible (gave neither true nor false as eligible)'],
  ['decide gives null', eligible(() => null), 'eligible (gave neither true nor false as eligible)'],
  ['decide says no and not why', eligible(() => ({ eligible: false })), 'eligible (gave no reason)'],
  ['phone throws', phoneRule(throws(new TypeError(secret))), 'phone (TypeError)'],
  ['phone is asynchronous', phoneRule(async () => phone), 'phone (gave a Promise)'],
  ['phone gives NaN', phoneRule(() => Number.NaN), 'phone (gave NaN)'],
  [
    'the schema throws',
    {
      schema: validating((value) =>
        broken ? throws(new RangeError(secret))() : schema['~standard'].validate(value),
      ),
    },
    'schema (RangeError)',
  ],
  [
    'the schema rejects',
    {
      schema: validating((value) =>
        broken ? Promise.reject(new Error(secret)) : schema['~standard'].validate(value),
      ),
    },
    'schema (gave a Promise)',
  ],
  [
    'the schema answers nothing',
    { schema: validating((value) => (broken ? JSON.parse('null') : schema['~standard'].validate(value))) },
    'schema (TypeError)',
  ],
  [
    'a transform throws',
    {
      schema: z.object({
        ...columns,
        city: text.transform((city) => String(either(city, throws(new EvalError(secret))))),
      }),
    },
    'schema (EvalError)',
  ],
  [
    'a refinement throws',
    { schema: schema.refine(() => either(true, throws(new EvalError(secret)))) },
    'schema (EvalError)',
  ],
  [
    'a refinement is asynchronous',
    { schema: schema.refine(() => either(true, async () => true)) },
    'schema ($ZodAsyncError)',
  ],
  [
    'a transform gives NaN',
    {
      schema: z.object({
        ...columns,
        seats: z.number().transform((seats) => Number(either(seats, () => 'x'))),
      }),
    },
    'schema (gave NaN as seats)',
  ],
  ['a getter of the order throws', { schema: schema.transform(guarded) }, 'schema (SyntaxError)'],
];

function createParts(wrong: Partial<MappingDefinition<Order>>) {
  const mapping = defineMapping<Order>({ ...good, ...wrong });
  const service = new FakeService();
  const store = createMemoryStore({ mapping, clock: new ManualClock() });
  const engine = createSyncEngine({ store, gateway: service, mapping });
  return {
    store,
    service,
    engine,
    fields: () => Object.fromEntries(service.contacts.get(phone)?.fields ?? []),
  };
}

describe('where', () => {
  it.each(mistakes)('%s, the order fails by name and the contact stays', async (_, wrong, said) => {
    broken = false;
    const { store, service, engine, fields } = createParts(wrong);
    store.host.saveRow(row);
    expect((await engine.sync('A'))._unsafeUnwrap()).toMatchObject({ outcome: 'created', status: 'synced' });
    const before = fields();
    expect(before).toMatchObject({ city: 'Oslo', seats: 1 });

    broken = true;
    service.calls.length = 0;
    store.host.saveRow({ ...row, seats: 2 });
    const reason = `mapping_failed: ${said}`;
    expect((await engine.preview('A'))._unsafeUnwrap()).toMatchObject({ outcome: 'failed', held: reason });
    const report = (await engine.sync('A'))._unsafeUnwrap();
    expect(report).toMatchObject({ outcome: 'failed', failure: 'mapping_failed', reason, calls: 0 });
    expect(store.get('A')).toMatchObject({ status: 'failed', reason, phoneKey: phone });
    expect(service.calls).toEqual([]);
    expect(fields()).toEqual(before);
    expect(JSON.stringify(report)).not.toContain(phone);

    broken = false;
    store.host.saveRow({ ...row, seats: 3 });
    expect((await engine.sync('A'))._unsafeUnwrap()).toMatchObject({ outcome: 'updated', status: 'synced' });
    expect(fields()).toEqual({ ...before, seats: 3 });
  });
});

it('a getter that throws in an order that was saved as it is fails the part that reads it', async () => {
  broken = false;
  const { store, engine, fields } = createParts({});
  store.save(guarded(row));
  expect((await engine.sync('A'))._unsafeUnwrap().status).toBe('synced');
  broken = true;
  expect((await engine.arm('A')).isOk()).toBe(true);
  const again = await engine.sync('A', { force: true });
  expect(again._unsafeUnwrap()).toMatchObject({ reason: 'mapping_failed: name (SyntaxError)' });
  expect(fields()).toMatchObject({ city: 'Oslo' });
});

it('a value of the row itself that cannot be used counts as missing, as ever', async () => {
  const { store, engine, fields } = createParts({});
  store.save({ ...row, seats: Number.NaN, city: 'x'.repeat(2_000_000) });
  expect((await engine.sync('A'))._unsafeUnwrap()).toMatchObject({ outcome: 'created', status: 'synced' });
  expect(fields()).toEqual({});
});
