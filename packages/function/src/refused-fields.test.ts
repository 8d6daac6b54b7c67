import { type CbbClientOptions, createCbbClient } from '@visanet/cbb-client';
import {
  createMemoryStore,
  createSyncEngine,
  defineMapping,
  type SyncEvent,
  viziMappingDefinition,
} from '@visanet/cbb-sync';
import { createSimulator, type Fault } from '@visanet/cbb-testkit';
import { describe, expect, it } from 'vitest';

const order = {
  order_id: 'A',
  client_phone: '447700900123',
  whatsapp_alerts_enabled: true,
  webhook_received_at: '2025-08-19T08:00:00Z',
  product_country: 'india',
  urgency: 'none',
  visa_quantity: 1,
};
const mapping = defineMapping({
  ...viziMappingDefinition,
  fields: {
    visa_country: { type: 'text', from: 'product_country' },
    urgency: { type: 'text', from: 'urgency' },
    visa_quantity: { type: 'number', from: 'visa_quantity' },
  },
});

type Manner = Pick<CbbClientOptions, 'contract'> & { updateStrategy?: 'fields' | 'upsert' | 'actions' };

function setUp(manner: Manner) {
  const simulator = createSimulator({ contract: manner.contract, seed: 3, rateLimitPerMinute: null });
  const { contacts } = createCbbClient({
    ...manner,
    apiKey: simulator.apiKey,
    fetch: (request: Request) => simulator.fetch(request),
    retry: { attempts: 1 },
  });
  const store = createMemoryStore({ mapping });
  const events: SyncEvent[] = [];
  const engine = createSyncEngine({
    store,
    gateway: contacts,
    mapping,
    onEvent: (event) => events.push(event),
  });
  return { simulator, store, engine, events };
}

const refusal = (said: string): Fault => ({
  kind: 'respond',
  status: 400,
  body: JSON.stringify({ error: { code: 400, message: said } }),
});
const inPlan = { method: 'PATCH' } as const;
const byField = { operationId: 'setContactCustomField' } as const;
const all = ['visa_country', 'urgency', 'visa_quantity'];

describe.each<[string, Manner, Fault, object, readonly string[]]>([
  ['plan', { contract: 'plan' }, refusal('visa_quantity must be positive'), inPlan, ['visa_quantity']],
  ['plan', { contract: 'plan' }, refusal('urgency: unknown, visa_country: unknown'), inPlan, all.slice(0, 2)],
  // Of `country` and `quantity` the request knows nothing.
  ['plan', { contract: 'plan' }, refusal('bad country, bad quantity'), inPlan, []],
  ['v1.1', { contract: 'v1.1' }, refusal('bad value'), byField, all],
  [
    'v1.1, upsert',
    { contract: 'v1.1', updateStrategy: 'upsert' },
    refusal('bad value for urgency'),
    { method: 'POST' },
    ['urgency'],
  ],
])('a service of contract %s that refuses an update', (_, manner, fault, target, fields) => {
  it(`is told with the fields it refused: ${fields.join(', ') || 'none'}`, async () => {
    const { simulator, store, engine, events } = setUp(manner);
    store.host.saveRow(order);
    expect((await engine.sync('A'))._unsafeUnwrap()).toMatchObject({ outcome: 'created' });
    store.host.saveRow({ ...order, product_country: 'uk', urgency: 'few_hours', visa_quantity: 2 });
    simulator.configure({ faults: [{ fault, target }] });
    const report = (await engine.sync('A'))._unsafeUnwrap();
    const reason = ['invalid_request', fields.join(', ')].filter((part) => part !== '').join(': ');
    expect(report).toMatchObject({ failure: 'invalid_request', reason, missingFields: fields });
    expect(store.get('A')).toMatchObject({ status: 'failed', reason });
    expect(events).toContainEqual({ kind: 'sync-finished', report });
  });
});

describe('what is refused before it is sent', () => {
  it('names the fields that the account lacks', async () => {
    const { simulator, store, engine } = setUp({ contract: 'v1.1' });
    simulator.load({ ...simulator.dump(), customFields: [] });
    store.host.saveRow(order);
    const reason = `invalid_request: ${all.join(', ')}`;
    expect((await engine.sync('A'))._unsafeUnwrap()).toMatchObject({ reason, missingFields: all });
  });

  it('names the fields whose type is another', async () => {
    const { simulator, store, engine } = setUp({ contract: 'v1.1' });
    const { customFields, ...rest } = simulator.dump();
    simulator.load({
      ...rest,
      customFields: customFields.map((field) => ({ ...field, type: 'boolean' as const })),
    });
    store.host.saveRow(order);
    const reason = `invalid_request: ${all.join(', ')}`;
    expect((await engine.sync('A'))._unsafeUnwrap()).toMatchObject({ reason, missingFields: all });
  });
});

it('a write that is acknowledged in part names the rest', async () => {
  const { simulator, store, engine } = setUp({ contract: 'v1.1' });
  store.host.saveRow(order);
  await engine.sync('A').unwrapOr(null);
  store.host.saveRow({ ...order, product_country: 'uk', urgency: 'few_hours' });
  simulator.failNext(refusal('bad value'), byField);
  const reason = 'partial_write: visa_country';
  expect((await engine.sync('A'))._unsafeUnwrap()).toMatchObject({
    outcome: 'partial',
    failure: 'partial_write',
    reason,
    missingFields: ['visa_country'],
  });
});
