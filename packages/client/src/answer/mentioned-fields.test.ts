import { expect, it } from 'vitest';
import { json } from '../../test/scripted-fetch.ts';
import { finish, phone, setUp } from '../../test/set-up.ts';

const fields = { visa: 'x', visa_type: 'y', name: 'z', 'a.b': 1 };

it.each([
  ['visa_type: too long', ['visa_type']],
  ['"visa","name"', ['visa', 'name']],
  ['first_name and e-visa are wrong', []],
  ['aXb, a.b', ['a.b']],
  ['something is wrong', []],
])('a refusal that says %s names %j', async (error, names) => {
  const { client } = setUp([json({ error }, 422), json({ error }, 422)]);
  for (const call of [
    client.contacts.update(phone, { set: fields, clear: [] }),
    client.contacts.create({ phone, fields }),
  ]) {
    const refused = (await call)._unsafeUnwrapErr();
    expect(refused).toMatchObject({ kind: 'invalid_request', status: 422 });
    expect(refused.kind === 'invalid_request' ? (refused.missingFields ?? []) : null).toEqual(names);
    expect(Object.isFrozen(refused)).toBe(true);
  }
});

it('only an invalid request is about fields', async () => {
  const { client } = setUp([json({ error: 'visa_type' }, 409)]);
  const refused = (await client.contacts.create({ phone, fields }))._unsafeUnwrapErr();
  expect(refused).toMatchObject({ kind: 'conflict' });
  expect(refused).not.toHaveProperty('missingFields');
});

it('what is refused here names its fields, too', async () => {
  const { client } = setUp([]);
  const write = (set: object, clear: string[] = []) =>
    client.contacts.update(phone, { set: JSON.parse(JSON.stringify(set)), clear });
  expect((await write({ a: {}, b: 1, c: null }))._unsafeUnwrapErr()).toMatchObject({
    kind: 'invalid_request',
    missingFields: ['a', 'c'],
  });
  expect((await write({ a: 1, b: 2 }, ['b']))._unsafeUnwrapErr()).toMatchObject({ missingFields: ['b'] });
  expect(await finish(client.contacts.update('+44', { set: { a: 1 }, clear: [] }))).toBe('invalid_request');
});
