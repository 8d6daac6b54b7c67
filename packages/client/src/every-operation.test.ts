import { createSimulator } from '@visanet/cbb-testkit';
import { describe, expect, it } from 'vitest';
import { createCbbClient } from './index.ts';
import { planOperations } from './plan/operations.ts';
import { operations } from './v11/operations.ts';

const phone = '447700900123';
const awkward = 'נועה & co = 50 % + "quotes"\n🛂';
const once = { retry: { attempts: 1 }, rateLimit: false } as const;
const namesOf = (all: object) => Object.keys(all).sort();

describe('contract plan', () => {
  const simulator = createSimulator({ contract: 'plan' });
  const { contacts, raw } = createCbbClient({
    contract: 'plan',
    ...once,
    apiKey: simulator.apiKey,
    fetch: (request) => simulator.fetch(request),
  });

  it('takes every operation, typed and raw, with awkward values', async () => {
    const fields = { text: awkward, number: -2.5, flag: false };
    (await contacts.create({ phone, name: awkward, email: 'jane@example.test', fields }))._unsafeUnwrap();
    (await contacts.create({ phone: '447700900124', fields: {} }))._unsafeUnwrap();
    expect((await contacts.find(phone))._unsafeUnwrap()?.fields).toEqual(fields);
    (await contacts.update(phone, { set: { number: 0 }, clear: ['text'] }))._unsafeUnwrap();
    (await contacts.checkWhatsApp(phone))._unsafeUnwrap();
    (await contacts.erase(phone, ['number', 'flag']))._unsafeUnwrap();

    const params = { path: { id: '447700900125' } };
    const body = { id: '447700900125', phone: '447700900125', customFields: { text: awkward } };
    const answers = [
      await raw.POST('/contacts', { body }),
      await raw.GET('/contacts/{id}', { params }),
      await raw.PATCH('/contacts/{id}', { params, body: { customFields: { text: null, number: 1 } } }),
      await raw.GET('/contacts/{id}/validate-whatsapp', { params }),
    ];
    expect(answers.every(({ response }) => response.ok)).toBe(true);
    expect(namesOf(simulator.counts)).toEqual(namesOf(planOperations));
    simulator.assertNoViolations();
  });
});

describe('contract v1.1', () => {
  const simulator = createSimulator({
    contract: 'v1.1',
    rateLimitPerMinute: null,
    customFields: [
      { name: 'text', type: 'text' },
      { name: 'number', type: 'number' },
      { name: 'date', type: 'date' },
      { name: 'moment', type: 'datetime' },
      { name: 'flag', type: 'boolean' },
    ],
  });
  const connect = (updateStrategy: 'fields' | 'upsert' | 'actions') =>
    createCbbClient({
      contract: 'v1.1',
      ...once,
      updateStrategy,
      accountId: '1000001',
      createMissingFields: { created: 'text' },
      apiKey: simulator.apiKey,
      fetch: (request) => simulator.fetch(request),
    });

  it.each(['fields', 'upsert', 'actions'] as const)(
    'takes every call of the gateway by %s',
    async (strategy) => {
      simulator.reset();
      const { contacts } = connect(strategy);
      const fields = {
        text: awkward,
        number: -2.5,
        date: '2026-02-28',
        moment: '2026-02-28T10:00:00.000Z',
        flag: false,
      };
      const contact = { phone, name: `Jane ${awkward}`, email: 'jane@example.test', fields };
      (await contacts.create(contact))._unsafeUnwrap();
      expect((await contacts.find(phone))._unsafeUnwrap()?.fields).toEqual(fields);
      const changes = { set: { number: 0, flag: true, created: awkward }, clear: ['text', 'date'] };
      (await contacts.update(phone, changes))._unsafeUnwrap();
      (await contacts.checkWhatsApp(phone))._unsafeUnwrap();
      (await contacts.erase(phone, Object.keys(fields)))._unsafeUnwrap();
      (await contacts.create({ phone: '447700900124', fields: {} }))._unsafeUnwrap();
      simulator.assertNoViolations();
    },
  );

  it('takes every operation, with awkward values', async () => {
    simulator.reset();
    const { api, customFields, verifyAccount } = connect('fields');
    (await verifyAccount())._unsafeUnwrap();
    const { id: fieldId } = (
      await customFields.create({ name: 'über & out/50 %', type: 'select' })
    )._unsafeUnwrap();
    (await customFields.list())._unsafeUnwrap();
    (await api.getCustomFieldByName('über & out/50 %'))._unsafeUnwrap();
    const tag = (await api.createTag(awkward))._unsafeUnwrap();
    (await api.listTags())._unsafeUnwrap();
    const [flow] = (await api.listFlows())._unsafeUnwrap();
    (await api.createContact({ phone, first_name: awkward, gender: 'female', actions: [] }))._unsafeUnwrap();
    (await api.getContact(phone))._unsafeUnwrap();
    (await api.setContactCustomField(phone, fieldId, awkward))._unsafeUnwrap();
    (await api.getContactCustomField(phone, fieldId))._unsafeUnwrap();
    (await api.listContactCustomFields(phone))._unsafeUnwrap();
    (await api.findContactsByCustomField(fieldId, awkward))._unsafeUnwrap();
    (await api.clearContactCustomField(phone, fieldId))._unsafeUnwrap();
    (await api.addContactTag(phone, tag.id))._unsafeUnwrap();
    (await api.removeContactTag(phone, tag.id))._unsafeUnwrap();
    const add = { action: 'add_tag', tag_name: awkward } as const;
    const start = { action: 'send_flow', flow_id: flow?.id ?? '' } as const;
    (await api.sendContent(phone, { messages: [{ text: awkward }], actions: [add, start] }))._unsafeUnwrap();
    (await api.sendFlow(phone, flow?.id ?? ''))._unsafeUnwrap();
    (await api.sendText(phone, { text: awkward }))._unsafeUnwrap();
    (await api.sendFile(phone, { url: 'https://files.example.test/a.pdf', type: 'file' }))._unsafeUnwrap();
    expect(namesOf(simulator.counts)).toEqual(namesOf(operations));
    simulator.assertNoViolations();
  });
});
