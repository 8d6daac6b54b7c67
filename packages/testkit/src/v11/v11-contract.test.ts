import { afterEach, describe, expect, it } from 'vitest';
import { failOnViolations } from '../openapi/fail-on-violations.ts';
import { createSimulator } from '../simulator/create-simulator.ts';
import type { Simulator } from '../simulator/simulator.ts';
import type { SimulatorOptions } from '../simulator/simulator-options.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { PHONE } from '../testing/plan-calls.ts';
import { setAction, v11Calls } from '../testing/v11-calls.ts';

let simulator: Simulator;
failOnViolations({ afterEach }, () => simulator);

function setUp(options: SimulatorOptions = {}) {
  const clock = createManualClock();
  simulator = createSimulator({ contract: 'v1.1', seed: 3, clock, wallNowMs: clock.wallNowMs, ...options });
  return { clock, simulator, ...v11Calls(simulator) };
}

const fields = () => simulator.contacts.get(PHONE)?.fields;

describe('contacts', () => {
  it('are created with actions, and read with ids as strings', async () => {
    const { postJson, get } = setUp();
    const body = {
      phone: PHONE,
      first_name: 'Mary Ann',
      last_name: 'Doe',
      email: 'mary@example.test',
      gender: 'female',
      actions: [setAction('visa_country', 'uk'), setAction('visa_quantity', '2')],
    };
    const created = await postJson('/contacts', body);
    expect(created).toMatchObject({ success: true, data: { id: PHONE, phone: PHONE } });
    expect(await get(`/contacts/${PHONE}`)).toMatchObject({
      id: PHONE,
      page_id: '1000001',
      phone: PHONE,
      email: 'mary@example.test',
      first_name: 'Mary Ann',
      last_name: 'Doe',
      full_name: 'Mary Ann Doe',
      channel: 5,
      gender: 2,
      subscribed_date: '2025-08-20 10:00:00',
      last_sent: null,
      tags: [],
      custom_fields: [
        { id: '100003', name: 'visa_country', type: 0, value: 'uk' },
        { id: '100005', name: 'visa_quantity', type: 1, value: '2' },
      ],
    });
    expect(simulator.contacts.get(PHONE)).toMatchObject({
      name: 'Mary Ann Doe',
      fields: { visa_country: 'uk', visa_quantity: '2' },
    });
  });

  it('tell WhatsApp by their channel', async () => {
    const { postJson } = setUp({ hasWhatsApp: () => false });
    expect(await postJson('/contacts', { phone: PHONE })).toMatchObject({ data: { channel: 2 } });
  });

  it('that nobody has are found with an empty phone', async () => {
    const { get } = setUp();
    expect(await get(`/contacts/${PHONE}`)).toEqual({
      id: PHONE,
      phone: '',
      first_name: '',
      last_name: '',
      tags: [],
      custom_fields: [],
    });
  });

  it('that nobody has are refused where told to', async () => {
    const { send } = setUp({ unknownContact: 'refused', errorsInBody: false });
    expect((await send('GET', `/contacts/${PHONE}`)).status).toBe(404);
  });

  it('become ghosts by the body of the plan', async () => {
    const { postJson, get } = setUp({ unknownContact: 'refused' });
    expect(
      await postJson('/contacts', { id: PHONE, phone: PHONE, name: 'Jane', customFields: {} }),
    ).toMatchObject({ success: true });
    expect(await get(`/contacts/${PHONE}`)).toMatchObject({ id: PHONE, phone: '' });
    expect(await get(`/contacts/find_by_custom_field?field_id=phone&value=${PHONE}`)).toEqual({ data: [] });
    await postJson('/contacts', { phone: PHONE });
    expect(await get(`/contacts/${PHONE}`)).toMatchObject({ phone: PHONE });
  });

  it.each([
    ['upsert', true, 'il'],
    ['ignored', true, undefined],
    ['refused', false, undefined],
  ] as const)('that exist: %s', async (existingPhone, success, branch) => {
    const { postJson } = setUp({ existingPhone });
    await postJson('/contacts', { phone: PHONE, first_name: 'First', email: 'first@example.test' });
    const answer = await postJson('/contacts', {
      phone: PHONE,
      first_name: 'Second',
      email: 'second@example.test',
      actions: [setAction('branch', 'il')],
    });
    expect(answer.success === true).toBe(success);
    expect(fields()?.branch).toBe(branch);
    expect(simulator.contacts.get(PHONE)).toMatchObject({ name: 'First', email: 'first@example.test' });
  });

  it('are found by phone, email or a field, at most 100', async () => {
    const { get, postJson } = setUp({ rateLimitPerMinute: null });
    for (let index = 0; index < 101; index += 1)
      simulator.putContact({ id: `97250000${1000 + index}`, email: 'one@example.test' });
    await postJson('/contacts', { phone: PHONE, actions: [setAction('branch', 'il')] });
    const found = async (query: string) => (await get(`/contacts/find_by_custom_field?${query}`)).data.length;
    expect(await found(`field_id=phone&value=${PHONE}`)).toBe(1);
    expect(await found('field_id=email&value=one%40example.test')).toBe(100);
    expect(await found('field_id=100010&value=il')).toBe(1);
    expect(await found('field_id=999&value=il')).toBe(0);
  });

  it('may have been created by another writer just before', async () => {
    const { postJson } = setUp();
    simulator.failNext({ kind: 'duplicate_create' });
    await postJson('/contacts', { phone: PHONE, first_name: 'Mine', actions: [setAction('branch', 'il')] });
    expect(simulator.contacts.get(PHONE)).toMatchObject({ name: null, fields: { branch: 'il' } });
  });
});

describe('custom fields of a contact', () => {
  it('are set by a form and cleared one by one', async () => {
    const { postJson, postForm, get, remove } = setUp();
    await postJson('/contacts', { phone: PHONE });
    expect(await postForm(`/contacts/${PHONE}/custom_fields/100003`, { value: 'uk & co=1' })).toEqual({
      success: true,
    });
    const value = { id: '100003', name: 'visa_country', type: 0, value: 'uk & co=1' };
    expect(await get(`/contacts/${PHONE}/custom_fields`)).toEqual([value]);
    expect(await get(`/contacts/${PHONE}/custom_fields/100003`)).toEqual([value]);
    expect(await get(`/contacts/${PHONE}/custom_fields/100004`)).toEqual([]);
    expect(await remove(`/contacts/${PHONE}/custom_fields/100003`)).toEqual({ success: true });
    expect(fields()).toEqual({});
  });

  it.each([
    ['text', 'text', true],
    ['number', '12.5', true],
    ['number', 'twelve', false],
    ['date', '1755648000', true],
    ['date', '2025-08-20', false],
    ['date', '1755648000000', false],
    ['datetime', '1755684000', true],
    ['boolean', '1', true],
    ['boolean', 'true', false],
    ['long_text', 'long text', true],
    ['select', 'red', true],
    ['select', 'blue', false],
    ['multi_select', 'red,blue', true],
  ] as const)('of type %s take %s: %s, and answer success either way', async (type, value, taken) => {
    const { postJson, postForm } = setUp({
      customFields: [{ name: 'f', type, ...(type === 'select' ? { options: ['red', 'green'] } : {}) }],
    });
    expect(await postJson('/contacts', { phone: PHONE, actions: [setAction('f', value)] })).toMatchObject({
      success: true,
    });
    expect(fields()).toEqual(taken ? { f: value } : {});
    simulator.putContact({ id: PHONE, fields: {} });
    expect(await postForm(`/contacts/${PHONE}/custom_fields/100001`, { value })).toEqual({ success: true });
    expect(fields()).toEqual(taken ? { f: value } : {});
  });

  it('are addressed by name in actions and by id in paths; what is unknown is dropped or refused', async () => {
    const { postJson, postForm, remove, get } = setUp({ errorsInBody: false });
    await postJson('/contacts', {
      phone: PHONE,
      actions: [setAction('nowhere', 'x'), setAction('100003', 'x')],
    });
    expect(fields()).toEqual({});
    const refused = expect.not.objectContaining({ success: true });
    expect(await postForm(`/contacts/${PHONE}/custom_fields/visa_country`, { value: 'x' })).toEqual(refused);
    expect(await remove(`/contacts/${PHONE}/custom_fields/5`)).toEqual(refused);
    expect(await get(`/contacts/${PHONE}/custom_fields/5`)).toEqual(refused);
    expect(await postForm('/contacts/447700900199/custom_fields/100003', { value: 'x' })).toEqual(refused);
  });

  it.each([
    [false, null, PHONE],
    [true, 'new@example.test', '447700900124'],
  ])('of the system: writable %s', async (systemFieldsWritable, email, phone) => {
    const { postJson, postForm } = setUp({ systemFieldsWritable });
    await postJson('/contacts', { phone: PHONE });
    expect(await postForm(`/contacts/${PHONE}/custom_fields/-12`, { value: 'new@example.test' })).toEqual({
      success: true,
    });
    expect(await postForm(`/contacts/${PHONE}/custom_fields/-8`, { value: '447700900124' })).toEqual({
      success: true,
    });
    expect(simulator.contacts.get(PHONE)).toMatchObject({ email, phone });
  });
});

describe('the account', () => {
  it('is the one that the key belongs to', async () => {
    const { get } = setUp({ accountId: '77', apiKeys: ['77.a', '88.b'] });
    expect(await get('/accounts/me')).toMatchObject({ page_id: '77', total_users: 0 });
    expect(await v11Calls(simulator, '88.b').get('/accounts/me')).toMatchObject({ page_id: '88' });
  });

  it('has a registry of fields that can grow', async () => {
    const { get, postJson } = setUp({ customFields: [{ name: 'colour', type: 'select', options: ['red'] }] });
    expect(await postJson('/accounts/custom_fields', { name: 'visa_quantity', type: 1 })).toEqual({
      id: '100002',
      name: 'visa_quantity',
    });
    expect(await get('/accounts/custom_fields')).toEqual([
      { id: '100001', name: 'colour', type: 6, description: '', options: ['red'] },
      { id: '100002', name: 'visa_quantity', type: 1, description: '' },
    ]);
    expect(await get('/accounts/custom_fields/name/colour')).toMatchObject({ id: '100001' });
    expect(await get('/accounts/custom_fields/name/nothing')).not.toHaveProperty('id');
    expect(await postJson('/accounts/custom_fields', { name: 'colour', type: 1 })).not.toHaveProperty('id');
  });

  it('has the fields of both presets by default', async () => {
    const { get } = setUp();
    const names = (await get('/accounts/custom_fields')).map((field: { name: string }) => field.name);
    expect(names).toEqual([
      'name',
      'email',
      'visa_country',
      'visa_type',
      'visa_quantity',
      'urgency',
      'total_paid',
      'order_id',
      'entry_date',
      'branch',
      'form_id',
      'order_date',
      'customer_name',
      'OrderNumber',
      'intent',
      'entries',
      'validity',
      'flag',
      'stay_limit',
      'order_days',
      'order_sum',
      'order_date_time',
      'order_urgent',
      'wa_alerts',
    ]);
  });

  it('has tags, which contacts get and lose', async () => {
    const { get, postForm, postJson, remove } = setUp();
    const { id } = await postForm('/accounts/tags', { name: 'customer' });
    expect(await postForm('/accounts/tags', { name: 'customer' })).toEqual({ id });
    expect(await get('/accounts/tags')).toEqual([{ id, name: 'customer' }]);
    const actions = [
      { action: 'add_tag', tag_name: 'customer' },
      { action: 'add_tag', tag_name: 'unknown' },
    ];
    await postJson('/contacts', { phone: PHONE, actions });
    expect((await get(`/contacts/${PHONE}`)).tags).toEqual([{ id, name: 'customer' }]);
    expect(await remove(`/contacts/${PHONE}/tags/${id}`)).toEqual({ success: true });
    expect(await postJson(`/contacts/${PHONE}/tags/${id}`, {})).toEqual({ success: true });
    expect(simulator.contacts.get(PHONE)?.tags).toEqual(['customer']);
    expect(await postJson(`/contacts/${PHONE}/tags/5`, {})).not.toEqual({ success: true });
    expect(await remove(`/contacts/${PHONE}/tags/5`)).not.toEqual({ success: true });
  });
});

describe('messages', () => {
  it.each([
    [true, { branch: 'il' }],
    [false, {}],
  ])('content of actions alone reaches nobody, actions carried out: %s', async (contentActions, expected) => {
    const { postJson } = setUp({ contentActions });
    await postJson('/contacts', { phone: PHONE });
    const content = { messages: [], actions: [setAction('branch', 'il')] };
    expect(await postJson(`/contacts/${PHONE}/send_content`, content)).toEqual({ success: true });
    expect(fields()).toEqual(expected);
    expect(simulator.messages).toEqual([]);
    expect(await postJson('/contacts/447700900199/send_content', content)).not.toEqual({ success: true });
  });

  it('are recorded, whatever sends them', async () => {
    const { get, postJson } = setUp();
    expect(await get('/accounts/flows')).toEqual([{ id: '300001', name: 'Order confirmation' }]);
    await postJson('/contacts', { phone: PHONE, actions: [{ action: 'send_flow', flow_id: '300001' }] });
    await postJson(`/contacts/${PHONE}/send_content`, { messages: [{}], actions: [] });
    await postJson(`/contacts/${PHONE}/send/300001`, {});
    expect(await postJson(`/contacts/${PHONE}/send/999`, {})).toEqual({ success: true });
    await postJson(`/contacts/${PHONE}/send/text`, { text: 'Hello' });
    await postJson(`/contacts/${PHONE}/send/file`, { url: 'https://files.example.test/a.pdf' });
    expect(simulator.messages.map(({ kind }) => kind)).toEqual(['flow', 'content', 'flow', 'text', 'file']);
    expect(simulator.dump().messages).toEqual(simulator.messages);
    expect((await get(`/contacts/${PHONE}`)).last_sent).toBe(Date.UTC(2025, 7, 20, 10));
  });
});
