import assert from 'node:assert/strict';
import { fields, must, mustFail, otherPhone, phone } from './expect-answer.ts';
import type { GatewayTest } from './gateway-suite.ts';

const contact = { phone, name: 'Jane Doe', email: 'jane@example.com', fields };

export function contactTests(test: GatewayTest): void {
  test('nobody is found where there is no contact', async ({ gateway }) => {
    assert.equal(await must(gateway.find(phone)), null);
  });

  test('a contact that was created is found with all that was sent, and stands in the service', async (subject) => {
    await must(subject.gateway.create(contact));
    const found = await must(subject.gateway.find(phone));
    assert.equal(found?.id, phone);
    assert.equal(found?.name, 'Jane Doe');
    assert.equal(found?.email, 'jane@example.com');
    for (const [name, value] of Object.entries(fields)) assert.deepEqual(found?.fields[name], value);
    assert.equal((await subject.service.fieldsOf(phone))?.visa_country, fields.visa_country);
    assert.equal(await must(subject.gateway.find(otherPhone)), null);
  });

  test('a contact needs no more than a phone', async ({ gateway }) => {
    await must(gateway.create({ phone, fields: {} }));
    assert.equal((await must(gateway.find(phone)))?.name, null);
  });

  test('an update sets, clears and leaves the rest', async ({ gateway }) => {
    await must(gateway.create(contact));
    await must(gateway.update(phone, { set: { visa_quantity: 3 }, clear: ['branch'] }));
    const found = await must(gateway.find(phone));
    assert.equal(found?.fields.visa_quantity, 3);
    assert.equal(found?.fields.visa_country, fields.visa_country);
    assert.ok((found?.fields.branch ?? null) === null);
    assert.equal(found?.name, 'Jane Doe');
  });

  test('an update that is sent again changes nothing more', async ({ gateway }) => {
    await must(gateway.create(contact));
    for (let round = 0; round < 2; round += 1)
      await must(gateway.update(phone, { set: { branch: 'ru' }, clear: [] }));
    assert.equal((await must(gateway.find(phone)))?.fields.branch, 'ru');
  });

  test('an update of nobody is no success without effect', async ({ gateway, service }) => {
    const result = await gateway.update(phone, { set: { branch: 'ru' }, clear: [] });
    if (result.isOk()) assert.equal((await service.fieldsOf(phone))?.branch, 'ru');
    else assert.equal(await service.fieldsOf(phone), null);
  });

  test('a second creation is a conflict, where that is declared, and changes no name', async ({
    gateway,
  }) => {
    await must(gateway.create(contact));
    const again = await gateway.create({ phone, name: 'Mallory', email: 'm@example.com', fields });
    if (gateway.capabilities.conflictOnCreate)
      assert.equal(again.isErr() ? again.error.kind : 'ok', 'conflict');
    assert.equal((await must(gateway.find(phone)))?.name, 'Jane Doe');
  });

  test('an update of many fields is one request, where that is declared', async ({ gateway, service }) => {
    await must(gateway.create(contact));
    const before = await service.requests();
    await must(gateway.update(phone, { set: { branch: 'ru', visa_country: 'peru' }, clear: [] }));
    if (gateway.capabilities.updatesInOneRequest) assert.equal((await service.requests()) - before, 1);
  });

  test('WhatsApp is told, or unknown where nobody can tell', async ({ gateway }) => {
    await must(gateway.create(contact));
    const answer = await must(gateway.checkWhatsApp(phone));
    assert.ok(gateway.capabilities.checksWhatsApp ? answer !== 'unknown' : answer !== 'no');
  });

  test('an erased contact holds none of the named fields; an absent one is told', async ({
    gateway,
    service,
  }) => {
    assert.equal((await must(gateway.erase(phone, Object.keys(fields)))).kind, 'absent');
    await must(gateway.create(contact));
    const erased = await must(gateway.erase(phone, Object.keys(fields)));
    if (erased.kind === 'deleted') assert.equal(await service.fieldsOf(phone), null);
    else assert.deepEqual(await service.fieldsOf(phone), {});
  });

  for (const unusable of ['', '+447700900123', '../contacts', '44 7700', 'x'.repeat(10)]) {
    test(`a phone of ${unusable.length} characters that is none is refused before anything is sent`, async (subject) => {
      const before = await subject.service.requests();
      const { gateway } = subject;
      const calls = [
        () => mustFail(gateway.find(unusable)),
        () => mustFail(gateway.create({ phone: unusable, fields: {} })),
        () => mustFail(gateway.update(unusable, { set: { branch: 'il' }, clear: [] })),
        () => mustFail(gateway.checkWhatsApp(unusable)),
        () => mustFail(gateway.erase(unusable, ['branch'])),
      ];
      for (const call of calls) {
        const error = await call();
        assert.deepEqual([error.kind, error.retryable, error.effect], ['invalid_request', false, 'none']);
      }
      assert.equal(await subject.service.requests(), before);
    });
  }

  test('a number that is none is refused, not turned into a cleared field', async ({ gateway, service }) => {
    await must(gateway.create(contact));
    const error = await mustFail(gateway.update(phone, { set: { visa_quantity: Number.NaN }, clear: [] }));
    assert.deepEqual([error.kind, error.effect], ['invalid_request', 'none']);
    assert.equal((await service.fieldsOf(phone))?.visa_quantity, '2');
  });
}
