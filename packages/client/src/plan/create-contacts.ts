import { err, errAsync, ok, okAsync, type Result, type ResultAsync } from 'neverthrow';
import type { HttpAnswer } from '../answer/http-answer.ts';
import type { CbbCall } from '../call/cbb-call.ts';
import { checkChanges, checkNames, checkNewContact, checkPhone } from '../contacts/check-input.ts';
import type { Contact, ContactGateway, FieldChanges, FieldValue } from '../contacts/contact-gateway.ts';
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

/** The contacts of contract `plan`: each write is answered with the contact. */
export interface PlanContacts extends ContactGateway {
  update(phone: string, changes: FieldChanges, options?: CallOptions): CbbCall<Contact>;
}

export function createPlanContacts(transport: Transport): PlanContacts {
  const { createContact, findContact, updateContact, checkWhatsApp } = planOperations;
  const refusals = createRefusals();

  /** Refuses unusable input before anything is sent. */
  const start = <I, T>(
    name: keyof ContactGateway,
    operation: Operation,
    input: Result<I, Failure>,
    options: CallOptions | undefined,
    run: (input: I, options: CallOptions | undefined) => ResultAsync<T, CbbError>,
  ): CbbCall<T> =>
    transport.begin(`contacts.${name}`, options, (scoped) =>
      input.isOk() ? run(input.value, scoped) : errAsync(createError(input.error, operation)),
    );

  const patch = (phone: string, customFields: CustomFields, options: CallOptions | undefined) =>
    transport.call(
      {
        operation: updateContact,
        params: { id: phone },
        body: json({ customFields }),
        fields: Object.keys(customFields),
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
      start('find', findContact, checkPhone(phone), options, (id, scoped) =>
        transport
          .call(
            {
              operation: findContact,
              params: { id },
              interpret: (answer) =>
                readContact(id, answer).map(({ ghost, ...contact }) => (ghost ? null : contact)),
            },
            scoped,
          )
          .orElse(notFoundAs(null)),
      ),
    create: (given, options) =>
      start('create', createContact, checkNewContact(given), options, (contact, scoped) => {
        const { phone, name, email, fields } = contact;
        return transport.call(
          {
            operation: createContact,
            body: json({ id: phone, phone, name, email, customFields: fields }),
            fields: Object.keys(fields),
            interpret: (answer) => readWrite(phone, fields, answer, refusals),
          },
          scoped,
        );
      }),
    update: (phone, changes, options) => {
      const input = checkPhone(phone).andThen(() => checkChanges(changes));
      return start('update', updateContact, input, options, ({ set, clear }, scoped) =>
        patch(phone, { ...set, ...cleared(clear) }, scoped),
      );
    },
    checkWhatsApp: (phone, options) =>
      start('checkWhatsApp', checkWhatsApp, checkPhone(phone), options, (id, scoped) =>
        transport.call({ operation: checkWhatsApp, params: { id }, interpret: readWhatsAppCheck }, scoped),
      ),
    erase: (phone, fields, options) => {
      const input = checkPhone(phone).andThen(() => checkNames(fields));
      return start('erase', updateContact, input, options, (names, scoped) =>
        patch(phone, cleared(names), scoped)
          .map(() => ({ kind: 'cleared' as const, remaining: ['name', 'email', 'phone'] }))
          .orElse(notFoundAs({ kind: 'absent' as const, remaining: [] })),
      );
    },
  };
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
): Result<Contact, Failure> {
  return readContact(phone, answer)
    .andThen(({ ghost, ...contact }) =>
      ghost ? err<never, Failure>({ kind: 'unexpected_body', status: answer.status }) : ok(contact),
    )
    .andThen((contact) => acknowledge(sent, contact, answer.status, refusals));
}
