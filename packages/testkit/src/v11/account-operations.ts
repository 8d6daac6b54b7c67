import { codeOfType, typeOfCode } from '../contract/field-types.ts';
import { recordOf, textOf } from '../contract/read-value.ts';
import type { CustomFieldDefinition } from '../contract/world.ts';
import type { Operations, V11Context } from './v11-context.ts';

/** The account, and its vocabulary of fields, tags and flows. */
export function accountOperations({ world, settings, answer, refuse }: V11Context): Operations {
  const { customFields, tags, flows, contacts } = world.state;
  const nextId = (start: number, taken: readonly { readonly id: string }[]) => String(start + taken.length);

  const present = ({ options, type, ...field }: CustomFieldDefinition) => ({
    description: '',
    ...field,
    type: codeOfType(type),
    ...(options === undefined || !settings.fieldOptionsTold ? {} : { options }),
  });

  return {
    // A key of another account works as well; only the id that is answered tells.
    getAccount: ({ key }) =>
      answer({
        page_id: key.split('.')[0] || world.accountId,
        name: 'Simulated account',
        active: true,
        created: '2024-05-01 09:30:00',
        total_users: contacts.size,
      }),
    listCustomFields: () => answer(customFields.map(present)),
    createCustomField({ body }) {
      const name = textOf(recordOf(body).name) ?? '';
      const type = typeOfCode(recordOf(body).type) ?? 'text';
      if (!settings.duplicateFieldNames && customFields.some((field) => field.name === name))
        return refuse(400, 'Custom field already exists');
      const field = { id: nextId(100_001, customFields), name, type };
      customFields.push(field);
      return answer({ id: field.id, name });
    },
    getCustomFieldByName({ pathParameters }) {
      const field = customFields.find(({ name }) => name === pathParameters.name);
      return field === undefined ? refuse(404, 'Custom field not found') : answer(present(field));
    },
    listTags: () => answer(tags),
    createTag({ body }) {
      const name = textOf(recordOf(body).name) ?? '';
      const tag = tags.find((one) => one.name === name) ?? { id: nextId(200_001, tags), name };
      if (!tags.includes(tag)) tags.push(tag);
      return answer({ id: tag.id });
    },
    listFlows: () => answer(flows),
  };
}
