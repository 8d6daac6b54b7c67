import type { CbbCall } from '../call/cbb-call.ts';
import type { components } from '../generated/cbb-v11.ts';
import type { CallOptions } from '../resilience/call-options.ts';

type Schemas = components['schemas'];

export type V11Account = Schemas['Account'];
export type V11CustomField = Schemas['CustomField'];
export type V11NewCustomField = Schemas['NewCustomField'];
export type V11FieldValue = Schemas['FieldValue'];
export type V11Created = Schemas['Created'];
export type V11Tag = Schemas['Tag'];
export type V11Flow = Schemas['Flow'];
export type V11Contact = Schemas['Contact'];
export type V11NewContact = Schemas['NewContact'];
export type V11Action = Schemas['Action'];
export type V11Content = Schemas['Content'];
export type V11TextMessage = Schemas['TextMessage'];
export type V11FileMessage = Schemas['FileMessage'];

/**
 * Every operation of contract v1.1 as the service offers it: one request each, with the client's limits, time-outs and
 * retries. Nothing is verified; a success is the service's word. `create…` and `send…` are never repeated.
 */
export interface V11Api {
  getAccount(options?: CallOptions): CbbCall<V11Account>;
  listCustomFields(options?: CallOptions): CbbCall<readonly V11CustomField[]>;
  createCustomField(field: V11NewCustomField, options?: CallOptions): CbbCall<V11Created>;
  getCustomFieldByName(name: string, options?: CallOptions): CbbCall<V11CustomField>;
  listTags(options?: CallOptions): CbbCall<readonly V11Tag[]>;
  createTag(name: string, options?: CallOptions): CbbCall<V11Created>;
  listFlows(options?: CallOptions): CbbCall<readonly V11Flow[]>;
  /** May be an empty contact: one exists only when its `phone` is not empty and the one asked for. */
  getContact(contactId: string, options?: CallOptions): CbbCall<V11Contact>;
  /** `fieldId` may be `phone` or `email`. At most 100 contacts. */
  findContactsByCustomField(
    fieldId: string,
    value: string,
    options?: CallOptions,
  ): CbbCall<readonly V11Contact[]>;
  createContact(contact: V11NewContact, options?: CallOptions): CbbCall<V11Contact>;
  listContactCustomFields(contactId: string, options?: CallOptions): CbbCall<readonly V11FieldValue[]>;
  getContactCustomField(contactId: string, fieldId: string, options?: CallOptions): CbbCall<V11FieldValue>;
  /** `value` in the encoding of the field's type; a wrong one is accepted and dropped by the service. */
  setContactCustomField(
    contactId: string,
    fieldId: string,
    value: string,
    options?: CallOptions,
  ): CbbCall<undefined>;
  clearContactCustomField(contactId: string, fieldId: string, options?: CallOptions): CbbCall<undefined>;
  addContactTag(contactId: string, tagId: string, options?: CallOptions): CbbCall<undefined>;
  removeContactTag(contactId: string, tagId: string, options?: CallOptions): CbbCall<undefined>;
  /** Messages reach the customer. */
  sendContent(contactId: string, content: V11Content, options?: CallOptions): CbbCall<undefined>;
  /** Reaches the customer. A flow that does not exist is answered with success. */
  sendFlow(contactId: string, flowId: string, options?: CallOptions): CbbCall<undefined>;
  /** Reaches the customer. */
  sendText(contactId: string, message: V11TextMessage, options?: CallOptions): CbbCall<undefined>;
  /** Reaches the customer. */
  sendFile(contactId: string, message: V11FileMessage, options?: CallOptions): CbbCall<undefined>;
}
