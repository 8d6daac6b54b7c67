import { jsonAnswer, withHeaders } from '../contract/answers.ts';
import type { Answer, Call, Contract } from '../contract/contract.ts';
import { recordOf, textOf } from '../contract/read-value.ts';
import {
  mergeFields,
  newContact,
  type SimulatedContact,
  saveContact,
  type World,
} from '../contract/world.ts';
import { planModel } from '../generated/plan.ts';
import { planError, planJsonError } from './plan-errors.ts';

export interface PlanOptions {
  /** Whether answers to create and update say anything of WhatsApp. */
  readonly writeAnswersHaveWhatsApp: boolean;
}

/** The contract that the synchronization plan describes. */
export function createPlanContract(world: World, options: PlanOptions): Contract {
  const { contacts } = world.state;
  const fail = (status: number, code: string, text: string) => planError(world.random, status, code, text);
  // A client tells the contract by the answer to an id that no phone can be.
  const notFound = (id: string) =>
    (isPhone(id) ? planError : planJsonError)(world.random, 404, 'not_found', 'Contact not found');
  const written = (status: number, contact: SimulatedContact) =>
    jsonAnswer(status, present(contact, world, options.writeAnswersHaveWhatsApp));

  function create(body: Readonly<Record<string, unknown>>): Answer {
    const id = textOf(body.id) ?? '';
    if (!isPhone(id) || body.phone !== id) {
      return fail(world.random.pick([400, 422]), 'invalid_phone', 'Invalid phone number format');
    }
    if (contacts.has(id)) return fail(409, 'already_exists', 'Contact already exists');
    const contact = saveContact(world, newContact(world, id, id), {
      name: textOf(body.name),
      email: textOf(body.email),
      fields: mergeFields({}, recordOf(body.customFields)),
    });
    return written(world.random.pick([200, 201]), contact);
  }

  function handle(call: Call): Answer {
    const body = recordOf(call.body);
    if (call.operationId === 'createContact') return create(body);
    const id = call.pathParameters.id ?? '';
    const contact = contacts.get(id);
    if (contact === undefined) return notFound(id);
    switch (call.operationId) {
      case 'findContact':
        return jsonAnswer(200, present(contact, world, true));
      case 'updateContact':
        return written(
          200,
          saveContact(world, contact, { fields: mergeFields(contact.fields, recordOf(body.customFields)) }),
        );
      case 'checkWhatsApp':
        return jsonAnswer(200, { hasWhatsApp: world.hasWhatsApp(contact.phone) });
      default:
        throw new Error(`operation ${call.operationId} of contract plan is not simulated`);
    }
  }

  return {
    name: 'plan',
    model: planModel,
    keyOf: (headers) => /^Bearer (.+)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? null,
    handle,
    createBefore(call) {
      const id = textOf(recordOf(call.body).id);
      if (call.operationId !== 'createContact' || id === null || contacts.has(id)) return;
      saveContact(world, newContact(world, id, id), {});
    },
    // How a client finds out that a host does not speak v1.1.
    outside: (method, path) =>
      method === 'GET' && path === '/accounts/me' ? fail(404, 'not_found', 'Not found') : null,
    unauthorized: () =>
      withHeaders(fail(401, 'unauthorized', 'Invalid API key'), { 'www-authenticate': 'Bearer' }),
    rateLimited(waitMs, form) {
      const answer = fail(429, 'rate_limited', 'Rate limit exceeded');
      if (waitMs === null || form === 'none') return answer;
      const until = new Date(Math.ceil((world.wallNowMs() + waitMs) / 1000) * 1000);
      return withHeaders(answer, {
        'retry-after': form === 'seconds' ? String(Math.ceil(waitMs / 1000)) : until.toUTCString(),
      });
    },
    serverError: (status) =>
      fail(status, 'server_error', status === 503 ? 'Service unavailable' : 'Internal server error'),
    violated: (status) =>
      jsonAnswer(status, {
        error: { code: 'contract_violated', message: 'The request does not fit the contract' },
      }),
  };
}

const isPhone = (id: string) => /^[0-9]{6,15}$/.test(id);

function present(contact: SimulatedContact, world: World, withWhatsApp: boolean): Record<string, unknown> {
  const { id, phone, name, email, fields, createdAt, updatedAt } = contact;
  return {
    id,
    phone,
    name,
    email,
    ...(withWhatsApp ? { hasWhatsApp: world.hasWhatsApp(phone) } : {}),
    customFields: fields,
    createdAt,
    updatedAt,
  };
}
