import { err, errAsync, ok, okAsync, type Result, type ResultAsync } from 'neverthrow';
import type { HttpAnswer } from '../answer/http-answer.ts';
import { checkChanges, checkNames, checkNewContact, checkPhone } from '../contacts/check-input.ts';
import type { ContactGateway, FieldValue, WriteAnswer } from '../contacts/contact-gateway.ts';
import { createRefusals, type Refusals } from '../contacts/refusals.ts';
import type { CbbError } from '../errors/cbb-error.ts';
import { createError } from '../errors/create-error.ts';
import type { Failure } from '../errors/failure.ts';
import type { CallOptions } from '../resilience/call-options.ts';
import type { Operation } from '../resilience/operation.ts';
import type { Transport } from '../resilience/transport.ts';
import { acknowledge } from './acknowledge.ts';
import { planOperations } from './operations.ts';
import { readContact, readWhatsAppCheck } from './read-contact.ts';

type CustomFields = Readonly<Record<string, FieldValue | null>>;

const json = (value: unknown) => ({ contentType: 'application/json', text: JSON.stringify(value) });

/** The contacts of contract `plan`. */
export function createPlanContacts(transport: Transport): ContactGateway {
  const { createContact, findContact, updateContact, checkWhatsApp } = planOperations;
  const refusals = createRefusals();

  const patch = (phone: string, customFields: CustomFields, options: CallOptions | undefined) =>
    transport.call(
      {
        operation: updateContact,
        params: { id: phone },
        body: json({ customFields }),
        interpret: (answer) => readWrite(phone, customFields, answer, refusals),
      },
      options,
    );

  return {
    capabilities: Object.freeze({
      conflictOnCreate: true,
      checksWhatsApp: true,
      updatesInOneRequest: true,
    }),
    find: (phone, options) =>
      checked(findContact, checkPhone(phone), () =>
        transport
          .call(
            {
              operation: findContact,
              params: { id: phone },
              interpret: (answer) =>
                readContact(phone, answer).map(({ ghost, ...contact }) => (ghost ? null : contact)),
            },
            options,
          )
          .orElse(notFoundAs(null)),
      ),
    create: (contact, options) =>
      checked(createContact, checkNewContact(contact), ({ phone, name, email, fields }) =>
        transport.call(
          {
            operation: createContact,
            body: json({ id: phone, phone, name, email, customFields: fields }),
            interpret: (answer) => readWrite(phone, fields, answer, refusals),
          },
          options,
        ),
      ),
    update: (phone, changes, options) =>
      checked(
        updateContact,
        checkPhone(phone).andThen(() => checkChanges(changes)),
        ({ set, clear }) => patch(phone, { ...set, ...cleared(clear) }, options),
      ),
    checkWhatsApp: (phone, options) =>
      checked(checkWhatsApp, checkPhone(phone), () =>
        transport.call(
          { operation: checkWhatsApp, params: { id: phone }, interpret: readWhatsAppCheck },
          options,
        ),
      ),
    erase: (phone, fields, options) =>
      checked(
        updateContact,
        checkPhone(phone).andThen(() => checkNames(fields)),
        (names) =>
          patch(phone, cleared(names), options)
            .map(() => ({ kind: 'cleared' as const, remaining: ['name', 'email', 'phone'] }))
            .orElse(notFoundAs({ kind: 'absent' as const, remaining: [] })),
      ),
  };
}

function checked<I, T>(
  operation: Operation,
  input: Result<I, Failure>,
  run: (input: I) => ResultAsync<T, CbbError>,
): ResultAsync<T, CbbError> {
  return input.isOk() ? run(input.value) : errAsync(createError(input.error, operation));
}

const notFoundAs =
  <T>(value: T) =>
  (error: CbbError): ResultAsync<T, CbbError> =>
    error.kind === 'not_found' ? okAsync(value) : errAsync(error);

/** Own properties whatever the names are: `__proto__` assigned would vanish. */
function cleared(names: readonly string[]): CustomFields {
  return Object.fromEntries(names.map((name) => [name, null]));
}

function readWrite(
  phone: string,
  sent: CustomFields,
  answer: HttpAnswer,
  refusals: Refusals,
): Result<WriteAnswer, Failure> {
  return readContact(phone, answer)
    .andThen((contact) =>
      contact.ghost ? err<never, Failure>({ kind: 'unexpected_body', status: answer.status }) : ok(contact),
    )
    .andThen((contact) => acknowledge(sent, contact, answer.status, refusals))
    .map(({ whatsApp }) => ({ whatsApp }));
}
