import { createCbbClient } from '@visanet/cbb-client';

/** Stands for the service: busy at first, then it knows one contact. */
let requests = 0;
async function service(): Promise<Response> {
  requests += 1;
  if (requests === 1) return new Response('busy', { status: 503, headers: { 'retry-after': '1' } });
  return Response.json({
    id: '447700900123',
    phone: '447700900123',
    hasWhatsApp: true,
    customFields: { visa_type: 'business', entry_date: null },
  });
}

const { contacts } = createCbbClient({
  contract: 'plan',
  apiKey: 'made-up-key',
  fetch: service,
  hooks: {
    onResponse: ({ operation, attempt, status }) => console.log(`${operation} #${attempt}: ${status}`),
  },
});

const updated = await contacts.update('447700900123', {
  set: { visa_type: 'business' },
  clear: ['entry_date'],
});
console.log(updated.isOk() ? updated.value : updated.error);

const refused = await contacts.find('../admin');
console.log(refused.isOk() ? refused.value : refused.error);
