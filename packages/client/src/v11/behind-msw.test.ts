import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createV11Service } from '../../test/v11-service.ts';
import { createCbbClient, detectContract } from '../index.ts';

const apiKey = '1000001.secret';

describe('behind MSW', () => {
  const service = createV11Service();
  const server = setupServer(...service.handlers);
  beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());

  it('detects the contract and writes a contact through the global fetch', async () => {
    const { contract } = (await detectContract({ apiKey }))._unsafeUnwrap();
    expect(contract).toBe('v1.1');
    const client = createCbbClient({ contract: 'v1.1', apiKey });
    const fields = { visa_country: 'india', order_date_time: '2025-08-20T10:00:00.000Z' };
    (await client.contacts.create({ phone: '447700900123', name: 'Jane', fields }))._unsafeUnwrap();
    expect((await client.contacts.find('447700900123'))._unsafeUnwrap()).toMatchObject({
      name: 'Jane',
      fields,
    });
  });

  it('offers every operation raw', async () => {
    const { raw } = createCbbClient({ contract: 'v1.1', apiKey });
    const answer = await raw.GET('/accounts/me');
    expect(answer.data).toMatchObject({ page_id: '1000001' });
    const form = await raw.POST('/contacts/{contact_id}/custom_fields/{field_id}', {
      params: { path: { contact_id: '447700900123', field_id: '100006' } },
      body: { value: 'a b' },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(form.data).toEqual({ success: true });
    expect(service.exchanges.at(-1)?.body).toBe('value=a+b');
  });
});
