import type { Answer } from '../contract/contract.ts';
import { recordOf, textOf } from '../contract/read-value.ts';
import { newContact, saveContact } from '../contract/world.ts';
import { applyActions } from './actions.ts';
import { presentContact, presentNobody } from './present-contact.ts';
import type { Operations, V11Context } from './v11-context.ts';

const MOST_FOUND = 100;

/** Finding and creating contacts. */
export function contactOperations({ world, settings, answer, refuse }: V11Context): Operations {
  const { contacts, customFields } = world.state;

  function create(body: Readonly<Record<string, unknown>>): Answer {
    const phone = textOf(body.phone) ?? '';
    // The plan's body: the service takes no phone from it and leaves a contact that only its id finds.
    if ('id' in body || 'customFields' in body) {
      const ghost = saveContact(world, newContact(world, textOf(body.id) ?? phone, ''), {});
      return answer({ success: true, data: presentContact(ghost, world) });
    }
    const standing = contacts.get(phone);
    if (standing !== undefined && standing.phone !== '') {
      if (settings.existingPhone === 'refused') return refuse(400, 'Contact already exists');
      const actions = settings.existingPhone === 'upsert' ? body.actions : [];
      return answer({ success: true, data: presentContact(applyActions(world, standing, actions), world) });
    }
    const firstName = textOf(body.first_name);
    const lastName = textOf(body.last_name);
    const created = saveContact(world, newContact(world, phone, phone), {
      firstName,
      lastName,
      name: [firstName, lastName].filter(Boolean).join(' ') || null,
      email: textOf(body.email),
      gender: body.gender === 'male' || body.gender === 'female' ? body.gender : null,
    });
    return answer({ success: true, data: presentContact(applyActions(world, created, body.actions), world) });
  }

  return {
    createContact: ({ body }) => create(recordOf(body)),
    getContact({ pathParameters }) {
      const id = pathParameters.contact_id ?? '';
      const contact = contacts.get(id);
      if (contact !== undefined) return answer(presentContact(contact, world));
      return settings.unknownContact === 'empty'
        ? answer(presentNobody(id))
        : refuse(404, 'Contact not found');
    },
    findContactsByCustomField({ query }) {
      const fieldId = query.get('field_id');
      const value = query.get('value') ?? '';
      const name = customFields.find((field) => field.id === fieldId)?.name;
      const found = [...contacts.values()].filter((contact) => {
        if (fieldId === 'phone') return contact.phone === value;
        if (fieldId === 'email') return contact.email === value;
        return name !== undefined && contact.fields[name] === value;
      });
      return answer({ data: found.slice(0, MOST_FOUND).map((contact) => presentContact(contact, world)) });
    },
  };
}
