import type { Operation } from '../resilience/operation.ts';

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
  getContact: { name: 'getContact', method: 'GET', pathTemplate: '/contacts/{contact_id}', intent: 'read' },
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
    pathTemplate: '/contacts/{contact_id}/custom_fields',
    intent: 'read',
  },
  getContactCustomField: {
    name: 'getContactCustomField',
    method: 'GET',
    pathTemplate: '/contacts/{contact_id}/custom_fields/{field_id}',
    intent: 'read',
  },
  setContactCustomField: {
    name: 'setContactCustomField',
    method: 'POST',
    pathTemplate: '/contacts/{contact_id}/custom_fields/{field_id}',
    intent: 'update',
  },
  clearContactCustomField: {
    name: 'clearContactCustomField',
    method: 'DELETE',
    pathTemplate: '/contacts/{contact_id}/custom_fields/{field_id}',
    intent: 'update',
  },
  addContactTag: {
    name: 'addContactTag',
    method: 'POST',
    pathTemplate: '/contacts/{contact_id}/tags/{tag_id}',
    intent: 'update',
  },
  removeContactTag: {
    name: 'removeContactTag',
    method: 'DELETE',
    pathTemplate: '/contacts/{contact_id}/tags/{tag_id}',
    intent: 'update',
  },
  sendContent: {
    name: 'sendContent',
    method: 'POST',
    pathTemplate: '/contacts/{contact_id}/send_content',
    intent: 'message',
  },
  sendFlow: {
    name: 'sendFlow',
    method: 'POST',
    pathTemplate: '/contacts/{contact_id}/send/{flow_id}',
    intent: 'message',
  },
  sendText: {
    name: 'sendText',
    method: 'POST',
    pathTemplate: '/contacts/{contact_id}/send/text',
    intent: 'message',
  },
  sendFile: {
    name: 'sendFile',
    method: 'POST',
    pathTemplate: '/contacts/{contact_id}/send/file',
    intent: 'message',
  },
} as const satisfies Record<string, Operation>;
