import type { Answer, Call } from '../contract/contract.ts';
import { listOf, recordOf } from '../contract/read-value.ts';
import type { SimulatedContact } from '../contract/world.ts';
import { applyActions, recordMessage } from './actions.ts';
import type { Operations, V11Context } from './v11-context.ts';

/** What reaches a customer, and content that is only actions. */
export function messageOperations({ world, settings, succeed, refuse }: V11Context): Operations {
  const send =
    (work: (contact: SimulatedContact, call: Call) => void) =>
    (call: Call): Answer => {
      const contact = world.state.contacts.get(call.pathParameters.contact_id ?? '');
      if (contact === undefined) return refuse(404, 'Contact not found');
      work(contact, call);
      return succeed();
    };

  return {
    sendContent: send((contact, { body }) => {
      const { messages, actions } = recordOf(body);
      if (listOf(messages).length > 0) recordMessage(world, contact.id, 'content');
      if (settings.contentActions) applyActions(world, contact, actions);
    }),
    // A flow that does not exist answers success as well.
    sendFlow: send((contact, { pathParameters }) => {
      if (world.state.flows.some(({ id }) => id === pathParameters.flow_id))
        recordMessage(world, contact.id, 'flow');
    }),
    sendText: send((contact) => recordMessage(world, contact.id, 'text')),
    sendFile: send((contact) => recordMessage(world, contact.id, 'file')),
  };
}
