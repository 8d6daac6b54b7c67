import { describe, expect, expectTypeOf, it } from 'vitest';
import { json, text } from '../../test/scripted-fetch.ts';
import { appendixContact, found, phone, setUp } from '../../test/set-up.ts';
import { setUpService } from '../../test/set-up-v11.ts';
import {
  CbbException,
  type Contact,
  createCbbClient,
  isCbbException,
  type PlanClient,
  type Throwing,
  type ThrowingCall,
  toThrowing,
  type UpdateAnswer,
  type V11Client,
} from '../index.ts';

const rejectionOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'resolved',
    (rejection: unknown) => rejection,
  );

describe('a client that throws', () => {
  it('answers values', async () => {
    const { contacts, scope } = toThrowing(setUp([found]).client);
    expect((await contacts.find(phone))?.name).toBe('John Doe');
    const contact = await contacts.update(phone, { set: { visa_type: 'tourist' }, clear: [] });
    expect(contact.createdAt).toBe('2025-08-20T10:00:00.000Z');
    expect(await scope()).toEqual({ contract: 'plan', account: 'default' });
    expect(contacts.capabilities.conflictOnCreate).toBe(true);
  });

  it('rejects with the kind, and knows its exception', async () => {
    const { contacts } = toThrowing(setUp([json({}, 409)]).client);
    const rejection = await rejectionOf(contacts.create({ phone, fields: {} }));
    expect(rejection).toBeInstanceOf(CbbException);
    expect(rejection).toMatchObject({ kind: 'conflict', error: { kind: 'conflict', status: 409 } });
    expect(isCbbException(rejection) && rejection.kind).toBe('conflict');
    expect(await rejectionOf(contacts.find('../1'))).toMatchObject({ kind: 'invalid_request' });
  });

  it('tells the response beside the value, or rejects by that way alone', async () => {
    const { client, sent } = setUp([json(appendixContact, 200, { 'x-request-id': 'r-1' }), text('', 401)]);
    const { contacts } = toThrowing(client);
    const { value, response } = await contacts.find(phone).withResponse();
    expect([value?.id, response?.requestId]).toEqual([phone, 'r-1']);
    expect(await rejectionOf(contacts.find(phone).withResponse())).toMatchObject({ kind: 'unauthorized' });
    expect(sent).toHaveLength(2);
  });

  it('throws whole: every member of both contracts, derived clients included', async () => {
    const { client } = setUpService();
    const throwing = toThrowing(client);
    expect(Object.keys(throwing).sort()).toEqual(Object.keys(client).sort());
    expect(await throwing.contacts.create({ phone, fields: { notes: 'x' } })).toMatchObject({ id: phone });
    expect(await throwing.customFields.list()).toHaveLength(9);
    expect((await throwing.verifyAccount()).page_id).toBe('1000001');
    expect((await throwing.api.getContact(phone)).phone).toBe(phone);
    const derived = throwing.withOptions({ timeoutMs: 5 });
    expect(await rejectionOf(derived.contacts.find(''))).toMatchObject({ kind: 'invalid_request' });
    expect(throwing.raw).toBe(client.raw);
    expect(() => throwing.withOptions(Object({ timeout: 5 }))).toThrow(TypeError);
  });

  it('is typed', () => {
    const throwing = toThrowing(createCbbClient({ contract: 'plan', apiKey: 'key' }));
    expectTypeOf(throwing).toEqualTypeOf<Throwing<PlanClient>>();
    expectTypeOf(throwing.contacts.find).returns.toEqualTypeOf<ThrowingCall<Contact | null>>();
    expectTypeOf(throwing.contacts.update).returns.toEqualTypeOf<ThrowingCall<Contact>>();
    expectTypeOf(throwing.contacts.update).parameter(0).toEqualTypeOf<string>();
    expectTypeOf(throwing.raw).toEqualTypeOf<PlanClient['raw']>();
    expectTypeOf(throwing.withOptions).returns.toEqualTypeOf<Throwing<PlanClient>>();
    expectTypeOf<Throwing<V11Client>['contacts']['update']>().returns.toEqualTypeOf<
      ThrowingCall<UpdateAnswer>
    >();
    expectTypeOf<Throwing<V11Client>['customFields']['create']>().returns.toEqualTypeOf<
      ThrowingCall<{ readonly id: string }>
    >();
  });
});
