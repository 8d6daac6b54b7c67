import type { ResultAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';
import { json, text } from '../../test/scripted-fetch.ts';
import { phone, setUpScript } from '../../test/set-up-v11.ts';
import type { CbbError } from '../errors/cbb-error.ts';
import type { V11Api } from './api.ts';

const success = { success: true };
const contact = { id: phone, phone };
const formType = 'application/x-www-form-urlencoded';
const jsonType = 'application/json';

type Row = readonly [
  name: keyof V11Api,
  call: (api: V11Api) => ResultAsync<unknown, CbbError>,
  line: string,
  body: string,
  type: string | null,
  answer: unknown,
  value: unknown,
];

const emptied = {
  ...{ email: null, full_name: null, first_name: null, last_name: null, channel: null, profile_pic: null },
  ...{ locale: null, gender: null, timezone: null, last_sent: null, last_delivered: null, last_seen: null },
  ...{ last_interaction: null, subscribed_date: null, subscribed: null, tags: [], custom_fields: [] },
};

const rows: readonly Row[] = [
  [
    'getAccount',
    (api) => api.getAccount(),
    'GET /accounts/me',
    '',
    null,
    { page_id: 1000001, name: 'Example', active: 1, created: '2024-05-01', total_users: '12', extra: 1 },
    { page_id: '1000001', name: 'Example', active: 1, created: '2024-05-01', total_users: 12 },
  ],
  [
    'listCustomFields',
    (api) => api.listCustomFields(),
    'GET /accounts/custom_fields',
    '',
    null,
    [
      { id: 7, name: 'a', type: '1', description: null },
      { id: '8', name: 'b', type: 'strange', options: ['x', 2] },
    ],
    [
      { id: '7', name: 'a', type: 1, description: null },
      { id: '8', name: 'b', type: -1, description: null, options: ['x', '2'] },
    ],
  ],
  [
    'createCustomField',
    (api) => api.createCustomField({ name: 'a', type: 0 }),
    'POST /accounts/custom_fields',
    '{"name":"a","type":0}',
    jsonType,
    { id: 7, name: 'a' },
    { id: '7', name: 'a' },
  ],
  [
    'getCustomFieldByName',
    (api) => api.getCustomFieldByName('a b/c'),
    'GET /accounts/custom_fields/name/a%20b%2Fc',
    '',
    null,
    { id: 7, name: 'a b/c', type: 0, description: 'x' },
    { id: '7', name: 'a b/c', type: 0, description: 'x' },
  ],
  [
    'listTags',
    (api) => api.listTags(),
    'GET /accounts/tags',
    '',
    null,
    [{ id: 3, name: 't' }],
    [{ id: '3', name: 't' }],
  ],
  [
    'createTag',
    (api) => api.createTag('vip & co'),
    'POST /accounts/tags',
    'name=vip+%26+co',
    formType,
    { id: '3' },
    { id: '3' },
  ],
  [
    'listFlows',
    (api) => api.listFlows(),
    'GET /accounts/flows',
    '',
    null,
    [{ id: 4, name: 'f' }],
    [{ id: '4', name: 'f' }],
  ],
  [
    'getContact',
    (api) => api.getContact(phone),
    `GET /contacts/${phone}`,
    '',
    null,
    {
      id: 447700900123,
      page_id: 1000001,
      phone: 447700900123,
      channel: '5',
      gender: 9,
      profile_pic: false,
      timezone: 2,
      tags: null,
      custom_fields: [
        { id: 1, name: 'a', type: '0', value: 'x' },
        { id: 2, name: 'b', value: ['x', 1] },
        { id: 3, name: 'c' },
      ],
    },
    {
      ...emptied,
      id: phone,
      page_id: '1000001',
      phone,
      channel: 5,
      timezone: 2,
      custom_fields: [
        { id: '1', name: 'a', type: 0, value: 'x' },
        { id: '2', name: 'b', value: ['x', '1'] },
        { id: '3', name: 'c', value: null },
      ],
    },
  ],
  [
    'findContactsByCustomField',
    (api) => api.findContactsByCustomField('phone', '+1 & 2'),
    'GET /contacts/find_by_custom_field?field_id=phone&value=%2B1%20%26%202',
    '',
    null,
    { data: [{ id: phone }] },
    [{ ...emptied, id: phone, phone: null }],
  ],
  [
    'createContact',
    (api) =>
      api.createContact({ phone, actions: [{ action: 'set_field_value', field_name: 'a', value: 'x' }] }),
    'POST /contacts',
    `{"phone":"${phone}","actions":[{"action":"set_field_value","field_name":"a","value":"x"}]}`,
    jsonType,
    { success: true, data: contact },
    { ...emptied, ...contact },
  ],
  [
    'listContactCustomFields',
    (api) => api.listContactCustomFields(phone),
    `GET /contacts/${phone}/custom_fields`,
    '',
    null,
    [{ id: 1, name: 'a', type: 0, value: null }],
    [{ id: '1', name: 'a', type: 0, value: null }],
  ],
  [
    'getContactCustomField',
    (api) => api.getContactCustomField(phone, '-12'),
    `GET /contacts/${phone}/custom_fields/-12`,
    '',
    null,
    [{ id: -12, name: 'email', type: 0, value: true }],
    { id: '-12', name: 'email', type: 0, value: true },
  ],
  [
    'getContactCustomField',
    (api) => api.getContactCustomField(phone, '1'),
    `GET /contacts/${phone}/custom_fields/1`,
    '',
    null,
    { id: 1, name: 'a', type: 0, value: 1 },
    { id: '1', name: 'a', type: 0, value: 1 },
  ],
  [
    'setContactCustomField',
    (api) => api.setContactCustomField(phone, '1', 'ä&='),
    `POST /contacts/${phone}/custom_fields/1`,
    'value=%C3%A4%26%3D',
    formType,
    success,
    undefined,
  ],
  [
    'clearContactCustomField',
    (api) => api.clearContactCustomField(phone, '1'),
    `DELETE /contacts/${phone}/custom_fields/1`,
    '',
    null,
    success,
    undefined,
  ],
  [
    'addContactTag',
    (api) => api.addContactTag(phone, '3'),
    `POST /contacts/${phone}/tags/3`,
    '{}',
    jsonType,
    success,
    undefined,
  ],
  [
    'removeContactTag',
    (api) => api.removeContactTag(phone, '3'),
    `DELETE /contacts/${phone}/tags/3`,
    '',
    null,
    success,
    undefined,
  ],
  [
    'sendContent',
    (api) => api.sendContent(phone, { messages: [{ text: 'Hello' }], actions: [] }),
    `POST /contacts/${phone}/send_content`,
    '{"messages":[{"text":"Hello"}],"actions":[]}',
    jsonType,
    success,
    undefined,
  ],
  [
    'sendFlow',
    (api) => api.sendFlow(phone, '4'),
    `POST /contacts/${phone}/send/4`,
    '{}',
    jsonType,
    success,
    undefined,
  ],
  [
    'sendText',
    (api) => api.sendText(phone, { text: 'Hello' }),
    `POST /contacts/${phone}/send/text`,
    '{"text":"Hello"}',
    jsonType,
    success,
    undefined,
  ],
  [
    'sendFile',
    (api) => api.sendFile(phone, { url: 'https://files.example.com/a.pdf', type: 'file' }),
    `POST /contacts/${phone}/send/file`,
    '{"url":"https://files.example.com/a.pdf","type":"file"}',
    jsonType,
    success,
    undefined,
  ],
];

describe('every operation', () => {
  it.each(rows)(
    '%s sends one request and reads the answer',
    async (_, call, line, body, type, answer, value) => {
      const { client, sent } = setUpScript([json(answer)]);
      expect(await call(client.api)).toEqual(expect.objectContaining({ value }));
      expect(sent).toHaveLength(1);
      const [request] = sent;
      expect(`${request?.method} ${request?.path}`).toBe(line.replace(' ', ' /api'));
      expect(request?.body).toBe(body);
      expect(request?.headers.get('content-type')).toBe(type);
      expect(request?.headers.get('x-access-token')).toBe('1000001.secret');
      expect(request?.headers.get('authorization')).toBeNull();
    },
  );

  it('is among them', () => {
    const { client } = setUpScript([]);
    expect(Object.keys(client.api).sort()).toEqual([...new Set(rows.map(([name]) => name))].sort());
  });

  it.each(rows)('%s is repeated only if nobody can notice', async (name, call) => {
    const { client, clock, sent } = setUpScript([text('', 503)]);
    const result = await clock.settle(call(client.api));
    expect(result).toMatchObject({ error: { kind: 'unavailable' } });
    const never = /^(create|send)/.test(name);
    expect(sent).toHaveLength(never ? 1 : 3);
  });

  it.each(rows)('%s refuses an answer of another shape', async (_, call) => {
    const { client } = setUpScript([json('nothing of the kind')]);
    expect(await call(client.api)).toMatchObject({ error: { kind: 'unexpected_body' } });
  });
});

it('refuses an id that is too large to be exact', async () => {
  const { client } = setUpScript([text('{"page_id": 12345678901234567890}')]);
  expect((await client.api.getAccount())._unsafeUnwrapErr().kind).toBe('unexpected_body');
});

it.each(['', '.', '..'])('sends nothing for the id %j', async (id) => {
  const { client, sent } = setUpScript([]);
  expect((await client.api.getContact(id))._unsafeUnwrapErr().kind).toBe('invalid_request');
  expect(sent).toHaveLength(0);
});
