import type { Contact, FieldValue, WhatsAppAnswer } from '../contacts/contact-gateway.ts';
import { isoDate } from '../contacts/iso-date.ts';
import type { V11Contact, V11FieldValue } from './api.ts';
import { decodeFieldValue } from './decode-field-value.ts';
import type { FieldsByName } from './field-list.ts';
import { fieldTypeOf } from './field-type.ts';

const whatsAppChannel = 5;

/** The service "finds" contacts that nobody has, with an empty phone: only the phone asked for proves a contact. */
export function isContactOf(contact: V11Contact, phone: string): boolean {
  return (contact.phone ?? '').replace(/\D/g, '') === phone;
}

/** A contact of another channel may have WhatsApp all the same. */
export function whatsAppOf(contact: V11Contact): WhatsAppAnswer {
  return contact.channel === whatsAppChannel ? 'yes' : 'unknown';
}

export function nameOf(contact: V11Contact): string | null {
  const name = contact.full_name || [contact.first_name, contact.last_name].filter(Boolean).join(' ');
  return name === '' ? null : name;
}

/** `known` helps where the answer does not tell a field's type. */
export function fieldValueOf(field: V11FieldValue, known: FieldsByName | null): FieldValue | null {
  const type = fieldTypeOf(field.type ?? -1) ?? known?.get(field.name)?.type ?? null;
  return decodeFieldValue(type, field.value);
}

export function valuesOf(contact: V11Contact, known: FieldsByName | null): Map<string, FieldValue | null> {
  return new Map((contact.custom_fields ?? []).map((field) => [field.name, fieldValueOf(field, known)]));
}

export function toContact(contact: V11Contact, phone: string, known: FieldsByName | null): Contact {
  return {
    id: phone,
    name: nameOf(contact),
    email: contact.email || null,
    whatsApp: whatsAppOf(contact),
    fields: Object.fromEntries(valuesOf(contact, known)),
    createdAt: isoDate(contact.subscribed_date),
    updatedAt: null,
  };
}
