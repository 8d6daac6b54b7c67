import { describe, expect, it } from 'vitest';
import { phone, setUpService } from '../../test/set-up-v11.ts';
import type { Handle } from '../../test/v11-service.ts';
import type { CbbError } from '../index.ts';
import type { UpdateStrategy } from './update-steps.ts';

/** What can become of one exchange short of an acknowledgement. */
const mishaps: Readonly<Record<string, (request: Request, answer: Handle) => Promise<Response>>> = {
  'lost on the way': () => Promise.reject(new TypeError('fetch failed')),
  'answer lost': (request, answer) => answer(request).then(() => Promise.reject(new TypeError('terminated'))),
  'status 500': async () => Response.json({ error: 'Oops' }, { status: 500 }),
  'status 400': async () => Response.json({ message: 'Invalid' }, { status: 400 }),
  'status 404': async () => new Response('', { status: 404 }),
  'a refusal with status 200': async () => Response.json({ success: false, message: 'Invalid' }),
  'an error with status 200': async () => Response.json({ error: { code: 100, message: 'Invalid' } }),
  'a rejected key with status 200': async () => Response.json({ error: { code: 401 } }),
  'the rate limit with status 200': async () =>
    Response.json({
      success: false,
      error: 'Your account exceeded the limit of 100 requests per 60 seconds',
    }),
  'an empty answer': async () => new Response(''),
  'an empty object': async () => Response.json({}),
  'an empty list': async () => Response.json([]),
  'a page': async () => new Response('<h1>Welcome</h1>', { headers: { 'content-type': 'text/html' } }),
  'success: null': async () => Response.json({ success: null, data: { id: phone } }),
  'another contact': async (request) => {
    const contact = { id: '447700900124', phone: '447700900124' };
    return Response.json(request.url.endsWith('/contacts') ? { success: true, data: contact } : contact);
  },
  'an empty contact': async () => Response.json({ id: phone, phone: '', custom_fields: [] }),
};

const desired = { visa_country: 'india', visa_quantity: 2, entry_date: '2026-02-28', order_urgent: true };
const old = { visa_country: 'peru', notes: 'old', language: 'en' };
const changes = { set: desired, clear: ['notes', 'language'] };

type Scenario = readonly [name: string, strategy: UpdateStrategy, existing: boolean];
const scenarios: readonly Scenario[] = [
  ['create by fields', 'fields', false],
  ['create by upsert', 'upsert', false],
  ['update by fields', 'fields', true],
  ['update by upsert', 'upsert', true],
  ['update by actions', 'actions', true],
];

async function run([, updateStrategy, existing]: Scenario, mishap: string | null, at: number) {
  const { client, clock, service } = setUpService({
    updateStrategy,
    maxWaitMs: 0,
    retry: { attempts: 1 },
    circuitBreaker: false,
  });
  if (existing) (await client.contacts.create({ phone, fields: old }))._unsafeUnwrap();
  const first = service.exchanges.length;
  service.intercept = (index, request, answer) =>
    mishap !== null && index === first + at
      ? (mishaps[mishap]?.(request, answer) ?? answer(request))
      : answer(request);
  const call = existing
    ? client.contacts.update(phone, changes)
    : client.contacts.create({ phone, fields: desired });
  const result = await clock.settle(call);
  const values = new Map(service.contacts.get(phone)?.values);
  const held = new Map(service.fields.map(({ id, name }) => [name, values.get(id)]));
  return { result, held, exchanges: service.exchanges.length - first };
}

const sent = new Map<string, string | undefined>([
  ['visa_country', 'india'],
  ['visa_quantity', '2'],
  ['entry_date', '1772236800'],
  ['order_urgent', '1'],
]);
const wanted = (existing: boolean) =>
  existing ? new Map([...sent, ['notes', undefined], ['language', undefined]]) : sent;

function checkMissing(error: CbbError, held: ReadonlyMap<string, unknown>, existing: boolean) {
  if (error.kind !== 'partial_write') return;
  expect(error.missingFields.length).toBeGreaterThan(0);
  for (const [name, value] of wanted(existing)) {
    if (!error.missingFields.includes(name)) expect([name, held.get(name)]).toEqual([name, value]);
  }
}

describe.each(scenarios)('%s', (...scenario) => {
  const [, , existing] = scenario;

  it('succeeds where every exchange is acknowledged', async () => {
    const { result, held } = await run(scenario, null, 0);
    expect(result.isOk()).toBe(true);
    for (const [name, value] of wanted(existing)) expect([name, held.get(name)]).toEqual([name, value]);
  });

  it.each(Object.keys(mishaps))(
    '%s, at any exchange: no success, and what is not missing is there',
    async (mishap) => {
      const { exchanges } = await run(scenario, null, 0);
      for (let at = 0; at < exchanges; at += 1) {
        const { result, held } = await run(scenario, mishap, at);
        if (result.isOk()) {
          // A registry known from before, or an answer that happens to be the right one for this exchange.
          expect([mishap, at]).toEqual('never');
          continue;
        }
        checkMissing(result.error, held, existing);
        expect(JSON.stringify(result.error)).not.toMatch(/india|1772236800|4477009|secret/);
      }
    },
  );

  it('does not report what the service swallows in a new contact', async () => {
    if (existing) return;
    const { client, service } = setUpService({ updateStrategy: scenario[1] });
    service.intercept = async (_, request, answer) => {
      const response = await answer(request);
      service.contacts.get(phone)?.values.delete('100002');
      return response;
    };
    const error = (await client.contacts.create({ phone, fields: desired }))._unsafeUnwrapErr();
    expect(error).toMatchObject({ kind: 'partial_write', missingFields: ['visa_quantity'] });
  });
});
