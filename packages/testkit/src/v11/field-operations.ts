import type { Answer, Call } from '../contract/contract.ts';
import { recordOf, textOf } from '../contract/read-value.ts';
import { mergeFields, type SimulatedContact, saveContact } from '../contract/world.ts';
import { setField } from './actions.ts';
import { presentFields } from './present-contact.ts';
import type { Operations, V11Context } from './v11-context.ts';

const EMAIL_FIELD = '-12';
const PHONE_FIELD = '-8';

/** Custom fields and tags of one contact, addressed by id. */
export function fieldOperations({ world, settings, answer, succeed, refuse }: V11Context): Operations {
  const { contacts, customFields, tags } = world.state;

  const onContact = (work: (contact: SimulatedContact, call: Call) => Answer) => (call: Call) => {
    const contact = contacts.get(call.pathParameters.contact_id ?? '');
    return contact === undefined ? refuse(404, 'Contact not found') : work(contact, call);
  };
  const fieldOf = (call: Call) => customFields.find(({ id }) => id === call.pathParameters.field_id);
  const tagOf = (call: Call) => tags.find(({ id }) => id === call.pathParameters.tag_id);
  const unknownField = () => refuse(400, 'Custom field does not exist');
  const unknownTag = () => refuse(400, 'Tag does not exist');

  function setSystemField(
    contact: SimulatedContact,
    fieldId: string | undefined,
    value: string,
  ): Answer | null {
    if (fieldId !== EMAIL_FIELD && fieldId !== PHONE_FIELD) return null;
    if (settings.systemFieldsWritable) {
      saveContact(world, contact, fieldId === EMAIL_FIELD ? { email: value } : { phone: value });
    }
    return succeed();
  }

  return {
    listContactCustomFields: onContact((contact) => answer(presentFields(contact, world))),
    getContactCustomField: onContact((contact, call) => {
      const field = fieldOf(call);
      if (field === undefined) return unknownField();
      return answer(presentFields(contact, world).filter(({ id }) => id === field.id));
    }),
    setContactCustomField: onContact((contact, call) => {
      const value = textOf(recordOf(call.body).value) ?? '';
      const field = fieldOf(call);
      if (field === undefined)
        return setSystemField(contact, call.pathParameters.field_id, value) ?? unknownField();
      setField(world, contact, field, value);
      return succeed();
    }),
    clearContactCustomField: onContact((contact, call) => {
      const field = fieldOf(call);
      if (field === undefined) return unknownField();
      saveContact(world, contact, { fields: mergeFields(contact.fields, { [field.name]: null }) });
      return succeed();
    }),
    addContactTag: onContact((contact, call) => {
      const tag = tagOf(call);
      if (tag === undefined) return unknownTag();
      saveContact(world, contact, { tags: [...new Set([...contact.tags, tag.name])] });
      return succeed();
    }),
    removeContactTag: onContact((contact, call) => {
      const tag = tagOf(call);
      if (tag === undefined) return unknownTag();
      saveContact(world, contact, { tags: contact.tags.filter((name) => name !== tag.name) });
      return succeed();
    }),
  };
}
