import { listOf, recordOf, textOf } from '../contract/read-value.ts';
import { mergeFields, type SimulatedContact, saveContact, type World } from '../contract/world.ts';
import { fitsField } from './field-values.ts';

/** Carries out the actions of a request. What names nothing known, or does not fit, is dropped without a word. */
export function applyActions(world: World, contact: SimulatedContact, actions: unknown): SimulatedContact {
  return listOf(actions).reduce<SimulatedContact>(
    (current, item) => applyAction(world, current, recordOf(item)),
    contact,
  );
}

function applyAction(
  world: World,
  contact: SimulatedContact,
  action: Readonly<Record<string, unknown>>,
): SimulatedContact {
  switch (action.action) {
    case 'set_field_value':
      return setField(world, contact, { name: textOf(action.field_name) }, textOf(action.value) ?? '');
    case 'add_tag': {
      const tag = world.state.tags.find(({ name }) => name === action.tag_name);
      return tag === undefined
        ? contact
        : saveContact(world, contact, { tags: [...new Set([...contact.tags, tag.name])] });
    }
    case 'send_flow':
      recordMessage(world, contact.id, 'flow');
      return contact;
    default:
      return contact;
  }
}

/** Sets a field that the account has; a value of a wrong type is dropped. */
export function setField(
  world: World,
  contact: SimulatedContact,
  key: { readonly name: string | null },
  value: string,
): SimulatedContact {
  const field = world.state.customFields.find(({ name }) => name === key.name);
  if (field === undefined || !fitsField(field, value)) return contact;
  return saveContact(world, contact, { fields: mergeFields(contact.fields, { [field.name]: value }) });
}

/** Notes that something reached the customer. */
export function recordMessage(
  world: World,
  contactId: string,
  kind: 'flow' | 'content' | 'text' | 'file',
): void {
  world.state.messages.push({ contactId, kind, at: new Date(world.wallNowMs()).toISOString() });
}
