import { codeOfType } from '../contract/field-types.ts';
import type { SimulatedContact, World } from '../contract/world.ts';

const WHATSAPP = 5;
const SMS = 2;
const GENDERS = { male: 1, female: 2 };

/** A contact as `GET /contacts/{id}` shows it: ids are strings, unset fields are absent. */
export function presentContact(contact: SimulatedContact, world: World): Record<string, unknown> {
  const { id, phone, firstName, lastName, name, email, gender, createdAt } = contact;
  const lastSent = world.state.messages.findLast((message) => message.contactId === id);
  return {
    id,
    page_id: world.accountId,
    phone,
    email: email ?? '',
    first_name: firstName ?? '',
    last_name: lastName ?? '',
    full_name: name ?? '',
    channel: phone !== '' && world.hasWhatsApp(phone) ? WHATSAPP : SMS,
    profile_pic: '',
    locale: '',
    gender: gender === null ? 0 : GENDERS[gender],
    timezone: 0,
    last_sent: lastSent === undefined ? null : Date.parse(lastSent.at),
    last_delivered: null,
    last_seen: null,
    last_interaction: null,
    subscribed_date: createdAt.slice(0, 19).replace('T', ' '),
    subscribed: 1,
    tags: world.state.tags.filter((tag) => contact.tags.includes(tag.name)),
    custom_fields: presentFields(contact, world),
  };
}

/** How the service "finds" a contact that nobody has. */
export function presentNobody(id: string): Record<string, unknown> {
  return { id, phone: '', first_name: '', last_name: '', tags: [], custom_fields: [] };
}

export function presentFields(contact: SimulatedContact, world: World): Record<string, unknown>[] {
  return world.state.customFields
    .filter((field) => Object.hasOwn(contact.fields, field.name))
    .map(({ id, name, type }) => ({ id, name, type: codeOfType(type), value: contact.fields[name] }));
}
