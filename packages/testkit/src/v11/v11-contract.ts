import { jsonAnswer, textAnswer } from '../contract/answers.ts';
import type { Contract } from '../contract/contract.ts';
import { recordOf, textOf } from '../contract/read-value.ts';
import { newContact, saveContact, type World } from '../contract/world.ts';
import { v11Model } from '../generated/v11.ts';
import { accountOperations } from './account-operations.ts';
import { contactOperations } from './contact-operations.ts';
import { fieldOperations } from './field-operations.ts';
import { messageOperations } from './message-operations.ts';
import { createV11Context } from './v11-context.ts';
import type { V11Settings } from './v11-options.ts';

export interface V11ContractOptions extends V11Settings {
  readonly rateLimitPerMinute: number | null;
}

/** The vendor's published contract, with what the live service was seen to do besides. */
export function createV11Contract(world: World, options: V11ContractOptions): Contract {
  const context = createV11Context(world, options);
  const operations = new Map(
    [accountOperations, contactOperations, fieldOperations, messageOperations].flatMap((group) =>
      Object.entries(group(context)),
    ),
  );
  const { contacts } = world.state;

  return {
    name: 'v1.1',
    model: v11Model,
    keyOf: (headers) => headers.get('x-access-token') || null,
    handle(call) {
      const operation = operations.get(call.operationId);
      if (operation === undefined)
        throw new Error(`operation ${call.operationId} of contract v1.1 is not simulated`);
      return operation(call);
    },
    createBefore(call) {
      const phone = textOf(recordOf(call.body).phone);
      if (call.operationId !== 'createContact' || phone === null || contacts.has(phone)) return;
      saveContact(world, newContact(world, phone, phone), {});
    },
    outside: () => null,
    unauthorized: () => context.refuse(401, 'Unauthorized'),
    // Status and text say everything: there is no Retry-After, and the status is 200.
    rateLimited: () =>
      context.answer({
        success: false,
        error: `Your account exceeded the limit of ${options.rateLimitPerMinute ?? 100} requests per 60 seconds`,
      }),
    serverError: (status) => context.fail(status),
    violated: (status, problems) =>
      problems.includes('the body is missing')
        ? textAnswer(411, '<html><body><h1>Length Required</h1></body></html>', 'text/html')
        : jsonAnswer(status, { success: false, message: 'The request does not fit the contract' }),
  };
}
