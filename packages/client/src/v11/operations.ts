import type { Operation } from '../resilience/operation.ts';

const contact = '/contacts/{contact_id}';

/** The operations of contract v1.1. What reaches a customer has the intent `message` and is never repeated. */
export const operations = {
  getAccount: { name: 'getAccount', method: 'GET', pathTemplate: '/accounts/me', intent: 'read' },
  listCustomFields: {
    name: 'listCustomFields',
    method: 'GET',
    pathTemplate: '/accounts/custom_fields',
    intent: 'read',
  },
  createCustomField: {
    name: 'createCustomField',
    method: 'POST',
    pathTemplate: '/accounts/custom_fields',
    intent: 'create',
  },
  getCustomFieldByName: {
    name: 'getCustomFieldByName',
    method: 'GET',
    pathTemplate: '/accounts/custom_fields/name/{name}',
    intent: 'read',
  },
  listTags: { name: 'listTags', method: 'GET', pathTemplate: '/accounts/tags', intent: 'read' },
  createTag: { name: 'createTag', method: 'POST', pathTemplate: '/accounts/tags', intent: 'create' },
  listFlows: { name: 'listFlows', method: 'GET', pathTemplate: '/accounts/flows', intent: 'read' },
  getContact: { name: 'getContact', method: 'GET', pathTemplate: contact, intent: 'read' },
  findContactsByCustomField: {
    name: 'findContactsByCustomField',
    method: 'GET',
    pathTemplate: '/contacts/find_by_custom_field',
    intent: 'read',
  },
  createContact: { name: 'createContact', method: 'POST', pathTemplate: '/contacts', intent: 'create' },
  listContactCustomFields: {
    name: 'listContactCustomFields',
    method: 'GET',
    pathTemplate: `${contact}/custom_fields`,
    intent: 'read',
  },
  getContactCustomField: {
    name: 'getContactCustomField',
    method: 'GET',
    pathTemplate: `${contact}/custom_fields/{field_id}`,
    intent: 'read',
  },
  setContactCustomField: {
    name: 'setContactCustomField',
    method: 'POST',
    pathTemplate: `${contact}/custom_fields/{field_id}`,
    intent: 'update',
  },
  clearContactCustomField: {
    name: 'clearContactCustomField',
    method: 'DELETE',
    pathTemplate: `${contact}/custom_fields/{field_id}`,
    intent: 'update',
  },
  addContactTag: {
    name: 'addContactTag',
    method: 'POST',
    pathTemplate: `${contact}/tags/{tag_id}`,
    intent: 'update',
  },
  removeContactTag: {
    name: 'removeContactTag',
    method: 'DELETE',
    pathTemplate: `${contact}/tags/{tag_id}`,
    intent: 'update',
  },
  sendContent: {
    name: 'sendContent',
    method: 'POST',
    pathTemplate: `${contact}/send_content`,
    intent: 'message',
  },
  sendFlow: {
    name: 'sendFlow',
    method: 'POST',
    pathTemplate: `${contact}/send/{flow_id}`,
    intent: 'message',
  },
  sendText: { name: 'sendText', method: 'POST', pathTemplate: `${contact}/send/text`, intent: 'message' },
  sendFile: { name: 'sendFile', method: 'POST', pathTemplate: `${contact}/send/file`, intent: 'message' },
} as const satisfies Record<string, Operation>;
