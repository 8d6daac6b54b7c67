import { createSimulator } from '@visanet/cbb-testkit';
import { expect, it } from 'vitest';
import { phone } from '../../test/set-up-v11.ts';
import { createCbbClient } from '../index.ts';
import { operations } from './operations.ts';

const simulator = createSimulator({ contract: 'v1.1' });
const { api, raw } = createCbbClient({
  contract: 'v1.1',
  apiKey: simulator.apiKey,
  fetch: (request) => simulator.fetch(request),
});

const path = { contact_id: phone };
const text = 'נועה & co = 50 %';
const form = { headers: { 'content-type': 'application/x-www-form-urlencoded' } };
const fieldPath = { params: { path: { ...path, field_id: '100001' } } };

it('the raw client sends every operation as its document has it', async () => {
  const { id: tagId } = (await api.createTag('customer'))._unsafeUnwrap();
  const tagPath = { params: { path: { ...path, tag_id: tagId } } };
  const answers = [
    await raw.POST('/accounts/tags', { body: { name: text }, ...form }),
    await raw.GET('/accounts/me'),
    await raw.GET('/accounts/custom_fields'),
    await raw.POST('/accounts/custom_fields', { body: { name: 'colour', type: 0 } }),
    await raw.GET('/accounts/custom_fields/name/{name}', { params: { path: { name: 'colour' } } }),
    await raw.GET('/accounts/tags'),
    await raw.GET('/accounts/flows'),
    await raw.POST('/contacts', { body: { phone, first_name: text } }),
    await raw.GET('/contacts/{contact_id}', { params: { path } }),
    await raw.GET('/contacts/find_by_custom_field', {
      params: { query: { field_id: 'phone', value: phone } },
    }),
    await raw.GET('/contacts/{contact_id}/custom_fields', { params: { path } }),
    await raw.POST('/contacts/{contact_id}/custom_fields/{field_id}', {
      ...fieldPath,
      body: { value: text },
      ...form,
    }),
    await raw.GET('/contacts/{contact_id}/custom_fields/{field_id}', fieldPath),
    await raw.DELETE('/contacts/{contact_id}/custom_fields/{field_id}', fieldPath),
    await raw.POST('/contacts/{contact_id}/tags/{tag_id}', { ...tagPath, body: {} }),
    await raw.DELETE('/contacts/{contact_id}/tags/{tag_id}', tagPath),
    await raw.POST('/contacts/{contact_id}/send_content', {
      params: { path },
      body: { messages: [], actions: [] },
    }),
    await raw.POST('/contacts/{contact_id}/send/{flow_id}', {
      params: { path: { ...path, flow_id: '300001' } },
      body: {},
    }),
    await raw.POST('/contacts/{contact_id}/send/text', { params: { path }, body: { text } }),
    await raw.POST('/contacts/{contact_id}/send/file', {
      params: { path },
      body: { url: 'https://files.example.test/a.pdf' },
    }),
  ];
  expect(answers.map(({ response }) => response.status)).toEqual(answers.map(() => 200));
  expect(Object.keys(simulator.counts).sort()).toEqual(Object.keys(operations).sort());
  simulator.assertNoViolations();
});
