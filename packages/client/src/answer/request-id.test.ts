import { expect, it } from 'vitest';
import { broken, json } from '../../test/scripted-fetch.ts';
import { appendixContact, phone, setUp } from '../../test/set-up.ts';
import { setUpScript } from '../../test/set-up-v11.ts';

const idOf = async (headers: Record<string, string>) => {
  const ids: (string | null)[] = [];
  const { client } = setUp([json({}, 401, headers)], { hooks: { onResponse: (e) => ids.push(e.requestId) } });
  const error = (
    await client.contacts.update(phone, { set: { note: 'top-secret' }, clear: [] })
  )._unsafeUnwrapErr();
  expect(ids).toEqual([error.requestId ?? null]);
  return error.requestId;
};

it.each([
  ['x-request-id', 'a5c1f0e2-2b2c-4d53-9c1b-0f7d'],
  ['request-id', 'req_8QzM'],
  ['x-correlation-id', 'c=1:2/3'],
  ['x-amzn-requestid', '0HbT'],
  ['x-amz-cf-id', 'abc=='],
  ['x-vercel-id', 'fra1::x-1'],
  ['cf-ray', '8f2c7d-FRA'],
])('is read from %s, for error and hooks', async (name, id) => {
  expect(await idOf({ [name]: id })).toBe(id);
});

it("prefers the service's own to that of a proxy", async () => {
  expect(await idOf({ 'cf-ray': '8f2c7d-FRA', 'x-request-id': 'own-1' })).toBe('own-1');
});

it.each(['', 'a b', '<script>', 'x'.repeat(129)])('is none where it is %j', async (id) => {
  expect(await idOf({ 'x-request-id': id })).toBeUndefined();
});

it.each([phone, `r-${phone}`, 'secret-key-1', 'id:top-secret'])(
  'is none where it repeats what was sent: %s',
  async (id) => {
    expect(await idOf({ 'x-request-id': id })).toBeUndefined();
  },
);

it('stands beside an answer that cannot be read, a damaged one and a redirect', async () => {
  const header = { 'x-request-id': 'req-1' };
  const damaged = () => {
    const response = broken('{', 200)();
    response.headers.set('x-request-id', 'req-1');
    return response;
  };
  for (const step of [json({}, 200, header), damaged, json({}, 302, header)]) {
    const { client } = setUp([step], { retry: { attempts: 1 } });
    expect((await client.contacts.find(phone))._unsafeUnwrapErr().requestId).toBe('req-1');
  }
  const values = setUp([json({ ...appendixContact, customFields: {} }, 200, header)]).client;
  const partial = await values.contacts.update(phone, { set: { a: 1 }, clear: [] });
  expect(partial._unsafeUnwrapErr()).toMatchObject({ kind: 'partial_write', requestId: 'req-1' });
});

it('is that of the request that stopped a write of several', async () => {
  const fields = [
    { id: '1', name: 'a', type: 0 },
    { id: '2', name: 'b', type: 0 },
  ];
  const refused = json({ success: false, message: 'no' }, 200, { 'x-request-id': 'req-3' });
  const { client, clock } = setUpScript([json(fields), json({ success: true }), refused]);
  const written = client.contacts.update(phone, { set: { a: 'x', b: 'y' }, clear: [] });
  const error = (await clock.settle(written))._unsafeUnwrapErr();
  expect(error).toMatchObject({ kind: 'partial_write', missingFields: ['b'], requestId: 'req-3' });
});
