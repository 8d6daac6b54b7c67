import { type CbbClientOptions, createCbbClient } from '@visanet/cbb-client';
import { createMemoryStore, createSyncEngine, viziMapping } from '@visanet/cbb-sync';
import { createSimulator, type FieldValue } from '@visanet/cbb-testkit';
import { describe, expect, it } from 'vitest';
import { createFunctionSync } from './index.ts';

const phone = '447700900123';
const first = {
  order_id: 'IL250819IN1',
  form_id: 'frm_1',
  branch: 'il',
  amount: '249.00',
  currency: 'ILS',
  client_name: 'Jane van Doe',
  client_email: 'jane@example.test',
  client_phone: phone,
  whatsapp_alerts_enabled: true,
  product_country: 'india',
  product_doc_type: 'evisa',
  visa_quantity: 2,
  entry_date: '2025-10-05',
  urgency: 'none',
  webhook_received_at: '2025-08-19T08:00:00.250Z',
};
/** Of the fields, five are others and the entry date is gone. */
const further = {
  ...first,
  order_id: 'IL250820GB2',
  form_id: 'frm_2',
  product_country: 'uk',
  visa_quantity: 1,
  entry_date: null,
  webhook_received_at: '2025-08-20T08:00:00Z',
};
const edited = { ...further, visa_quantity: 3, urgency: 'next_day' };

const asText = { visa_quantity: '2', entry_date: '1759622400', order_date: '1755590400' };
const asMeant = { visa_quantity: 2, entry_date: '2025-10-05', order_date: '2025-08-19T08:00:00.000Z' };
const firstFields = {
  name: 'Jane van Doe',
  email: 'jane@example.test',
  visa_country: 'india',
  visa_type: 'evisa',
  urgency: 'none',
  total_paid: '249.00 ILS',
  order_id: 'IL250819IN1',
  branch: 'il',
  form_id: 'frm_1',
};
const editedFields = { visa_country: 'uk', urgency: 'next_day', order_id: 'IL250820GB2', form_id: 'frm_2' };

interface Manner {
  readonly client: Pick<CbbClientOptions, 'contract'> & {
    readonly updateStrategy?: 'fields' | 'upsert' | 'actions';
  };
  readonly requests: { readonly created: number; readonly further: number; readonly edited: number };
}

// The rows of the design's table of requests per event.
const manners: readonly (readonly [string, Manner])[] = [
  ['plan', { client: { contract: 'plan' }, requests: { created: 1, further: 1, edited: 1 } }],
  [
    'v1.1, fields',
    {
      client: { contract: 'v1.1', updateStrategy: 'fields' },
      requests: { created: 3, further: 6, edited: 2 },
    },
  ],
  [
    'v1.1, upsert',
    {
      client: { contract: 'v1.1', updateStrategy: 'upsert' },
      requests: { created: 2, further: 2, edited: 1 },
    },
  ],
  [
    'v1.1, actions',
    {
      client: { contract: 'v1.1', updateStrategy: 'actions' },
      requests: { created: 3, further: 2, edited: 1 },
    },
  ],
];

function setUp({ client: manner }: Manner) {
  const simulator = createSimulator({ contract: manner.contract, seed: 3, rateLimitPerMinute: 6_000 });
  const options = {
    ...manner,
    apiKey: simulator.apiKey,
    fetch: (request: Request) => simulator.fetch(request),
    retry: { attempts: 1 },
    rateLimit: { requestsPerMinute: 6_000 },
  };
  const store = createMemoryStore({ mapping: viziMapping });
  const engine = createSyncEngine({
    store,
    gateway: createCbbClient(options).contacts,
    mapping: viziMapping,
    hashSecret: 'a secret of the tests',
  });

  function save(row: object): string {
    const parsed = viziMapping.parse(row);
    if (!parsed.ok) throw new Error(parsed.problems.join());
    store.save(parsed.order);
    return parsed.order.order_id;
  }
  /** What the sync of one order came to, and the requests that it took. */
  async function sync(row: object) {
    const before = simulator.journal.length;
    const report = (await engine.sync(save(row)))._unsafeUnwrap();
    return { outcome: report.outcome, requests: simulator.journal.length - before };
  }
  const statusOf = (orderId: string) => store.list().find((order) => order.orderId === orderId)?.status;
  const fieldsOf = (id: string): Readonly<Record<string, FieldValue>> => ({
    ...simulator.contacts.get(id)?.fields,
  });
  return { simulator, store, engine, save, sync, statusOf, fieldsOf };
}

/** Another customer's order before all: the fields of a v1.1 account are listed once and not for every order. */
async function setUpWarm(manner: Manner) {
  const world = setUp(manner);
  await world.sync({ ...first, order_id: 'IL250818IN9', client_phone: '447700900199' });
  return world;
}

describe.each(manners)('engine, client and service on contract %s', (_, manner) => {
  const { requests } = manner;
  const written = manner.client.contract === 'plan' ? asMeant : asText;

  it('syncs a new customer, a further order, an edit and a redelivery with the fewest requests', async () => {
    const { sync, fieldsOf, statusOf, simulator } = await setUpWarm(manner);
    expect(await sync(first)).toEqual({ outcome: 'created', requests: requests.created });
    expect(fieldsOf(phone)).toEqual({ ...firstFields, ...written });

    expect(await sync(further)).toEqual({ outcome: 'updated', requests: requests.further });
    expect(fieldsOf(phone)).not.toHaveProperty('entry_date');
    expect(await sync(edited)).toEqual({ outcome: 'updated', requests: requests.edited });
    expect(fieldsOf(phone)).toMatchObject(editedFields);
    expect(fieldsOf(phone).visa_quantity).toBe(manner.client.contract === 'plan' ? 3 : '3');

    expect(await sync(edited)).toEqual({ outcome: 'unchanged', requests: 0 });
    expect([first.order_id, further.order_id].map(statusOf)).toEqual(['synced', 'synced']);
    expect(simulator.messages).toEqual([]);
    simulator.assertNoViolations();
  });

  it('works orders of one phone that are due together as one', async () => {
    const { engine, store, save, simulator } = await setUpWarm(manner);
    const before = simulator.journal.length;
    for (const row of [first, further]) save(row);
    const worked = (await createFunctionSync({ engine }).runDue({ budgetMs: 30_000 }))._unsafeUnwrap();
    expect(worked.ended).toBe('nothing_due');
    expect(simulator.journal.length - before).toBe(requests.created);
    expect(store.list().every(({ status }) => status === 'synced')).toBe(true);
  });

  it('resumes a write that failed on its way with what is missing, and nothing else', async () => {
    const { sync, fieldsOf, statusOf, simulator } = await setUpWarm(manner);
    await sync(first);
    const operationId = manner.client.contract === 'plan' ? 'updateContact' : 'clearContactCustomField';
    simulator.failNext({ kind: 'server_error', moment: 'before_effect' }, { operationId });
    const broken = await sync(further);
    expect(broken.outcome).toBe(manner.client.contract === 'plan' ? 'failed' : 'partial');
    expect(statusOf(further.order_id)).toBe('pending');
    expect(fieldsOf(phone)).toHaveProperty('entry_date');
    const before = simulator.journal.length;
    expect((await sync(further)).outcome).toBe('updated');
    const sent = simulator.journal.slice(before);
    expect(sent.map((entry) => entry.operationId)).toEqual([operationId]);
    expect(fieldsOf(phone)).toMatchObject({ visa_country: 'uk', order_id: 'IL250820GB2' });
    expect(fieldsOf(phone)).not.toHaveProperty('entry_date');
    expect(statusOf(further.order_id)).toBe('synced');
  });

  it('finds by itself a contact that stood before', async () => {
    const { sync, fieldsOf, simulator } = await setUpWarm(manner);
    simulator.putContact({
      id: phone,
      phone,
      name: 'Jane Roe',
      fields: { branch: 'ru', urgency: 'none' },
    });
    // An upsert has written all by the time that the contact turns out to be an old one.
    const outcome = manner.client.updateStrategy === 'upsert' ? 'unchanged' : 'updated';
    expect((await sync(first)).outcome).toBe(outcome);
    expect(fieldsOf(phone)).toEqual({ ...firstFields, ...written });
    expect(simulator.contacts.size).toBe(2);
  });

  it('erases what the API lets it erase, reports the rest and writes the phone no more', async () => {
    const { sync, engine, fieldsOf, simulator } = await setUpWarm(manner);
    await sync(first);
    const report = (await engine.erase({ orderId: first.order_id }))._unsafeUnwrap();
    expect(report.kind === 'erased' ? [...report.remaining].sort() : report).toEqual([
      'email',
      'name',
      'phone',
    ]);
    expect(fieldsOf(phone)).toEqual({});
    expect(await sync(further)).toEqual({ outcome: 'skipped', requests: 0 });
    simulator.assertNoViolations();
  });
});
