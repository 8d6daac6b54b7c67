import { expect, it } from 'vitest';
import { phoneOfRequest } from './phone-of-request.ts';

it.each([
  ['GET', '/contacts/447700900001', '', '447700900001'],
  ['PATCH', '/contacts/447700900001', '{"customFields":{}}', '447700900001'],
  ['GET', '/contacts/447700900001/validate-whatsapp', '', '447700900001'],
  ['POST', '/contacts', '{"id":"1","phone":"447700900001"}', '447700900001'],
  ['POST', '/contacts/447700900001/custom_fields/7', 'value=1', '447700900001'],
  ['GET', '/contacts/find_by_custom_field?field_id=phone&value=447700900001', '', '447700900001'],
  ['GET', '/accounts/custom_fields', '', null],
  ['POST', '/contacts', '{}', null],
])('%s %s', (method, target, body, phone) => {
  expect(phoneOfRequest({ method, target, body })).toBe(phone);
});
