import { err, errAsync, ok, Result } from 'neverthrow';
import type { Interpret } from '../answer/http-answer.ts';
import type { Reader } from '../answer/read-value.ts';
import type { CbbCall } from '../call/cbb-call.ts';
import { createError } from '../errors/create-error.ts';
import type { Failure } from '../errors/failure.ts';
import type { CallOptions } from '../resilience/call-options.ts';
import type { Operation } from '../resilience/operation.ts';
import type { Call, Transport } from '../resilience/transport.ts';
import type { V11Api, V11NewContact } from './api.ts';
import { operations } from './operations.ts';
import { answers } from './read-answers.ts';

type Body = NonNullable<Call<unknown>['body']>;

// The service answers 411 to a POST without any body.
const empty: Body = { contentType: 'application/json', text: '{}' };
const none = () => ({});

function json(value: object): Body {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError('not an object');
  return { contentType: 'application/json', text: JSON.stringify(value) };
}

function form(fields: Readonly<Record<string, string>>): Body {
  return { contentType: 'application/x-www-form-urlencoded', text: new URLSearchParams(fields).toString() };
}

/** The fields that actions write. */
function fieldsOf(actions: V11NewContact['actions']): readonly string[] {
  if (!Array.isArray(actions)) return [];
  return actions.flatMap((action) => (action?.action === 'set_field_value' ? [action.field_name] : []));
}

function reading<T>(reader: Reader<T>): Interpret<T> {
  return (answer) => {
    const read = reader(answer.json);
    return read !== null ? ok(read.value) : err({ kind: 'unexpected_body', status: answer.status });
  };
}

const unusable = (): Failure => ({ kind: 'invalid_request', reason: 'the arguments cannot be sent' });

export function createV11Api(transport: Transport): V11Api {
  const send = <T>(
    operation: Operation,
    reader: Reader<T>,
    parts: () => Omit<Call<T>, 'operation' | 'interpret'>,
    options: CallOptions | undefined,
  ): CbbCall<T> =>
    transport.begin(`api.${operation.name}`, options, (scoped) => {
      const built = Result.fromThrowable(parts, unusable)();
      return built.isErr()
        ? errAsync(createError(built.error, operation, 'none'))
        : transport.call({ operation, interpret: reading(reader), ...built.value }, scoped);
    });

  return {
    getAccount: (options) => send(operations.getAccount, answers.account, none, options),
    listCustomFields: (options) => send(operations.listCustomFields, answers.customFields, none, options),
    createCustomField: (field, options) =>
      send(operations.createCustomField, answers.created, () => ({ body: json(field) }), options),
    getCustomFieldByName: (name, options) =>
      send(operations.getCustomFieldByName, answers.customField, () => ({ params: { name } }), options),
    listTags: (options) => send(operations.listTags, answers.tags, none, options),
    createTag: (name, options) =>
      send(operations.createTag, answers.created, () => ({ body: form({ name }) }), options),
    listFlows: (options) => send(operations.listFlows, answers.flows, none, options),
    getContact: (contact_id, options) =>
      send(operations.getContact, answers.contact, () => ({ params: { contact_id } }), options),
    findContactsByCustomField: (field_id, value, options) =>
      send(
        operations.findContactsByCustomField,
        answers.contactList,
        () => ({ query: { field_id, value } }),
        options,
      ),
    createContact: (contact, options) =>
      send(
        operations.createContact,
        answers.contactCreated,
        () => ({ body: json(contact), fields: fieldsOf(contact.actions) }),
        options,
      ),
    listContactCustomFields: (contact_id, options) =>
      send(
        operations.listContactCustomFields,
        answers.fieldValues,
        () => ({ params: { contact_id } }),
        options,
      ),
    getContactCustomField: (contact_id, field_id, options) =>
      send(
        operations.getContactCustomField,
        answers.oneFieldValue,
        () => ({ params: { contact_id, field_id } }),
        options,
      ),
    setContactCustomField: (contact_id, field_id, value, options) =>
      send(
        operations.setContactCustomField,
        answers.success,
        () => ({ params: { contact_id, field_id }, body: form({ value }) }),
        options,
      ),
    clearContactCustomField: (contact_id, field_id, options) =>
      send(
        operations.clearContactCustomField,
        answers.success,
        () => ({ params: { contact_id, field_id } }),
        options,
      ),
    addContactTag: (contact_id, tag_id, options) =>
      send(
        operations.addContactTag,
        answers.success,
        () => ({ params: { contact_id, tag_id }, body: empty }),
        options,
      ),
    removeContactTag: (contact_id, tag_id, options) =>
      send(operations.removeContactTag, answers.success, () => ({ params: { contact_id, tag_id } }), options),
    sendContent: (contact_id, content, options) =>
      send(
        operations.sendContent,
        answers.success,
        () => ({ params: { contact_id }, body: json(content), fields: fieldsOf(content.actions) }),
        options,
      ),
    sendFlow: (contact_id, flow_id, options) =>
      send(
        operations.sendFlow,
        answers.success,
        () => ({ params: { contact_id, flow_id }, body: empty }),
        options,
      ),
    sendText: (contact_id, message, options) =>
      send(
        operations.sendText,
        answers.success,
        () => ({ params: { contact_id }, body: json(message) }),
        options,
      ),
    sendFile: (contact_id, message, options) =>
      send(
        operations.sendFile,
        answers.success,
        () => ({ params: { contact_id }, body: json(message) }),
        options,
      ),
  };
}
