import { answerRequest } from './answer-request.ts';
import {
  type AwsContext,
  type AwsHttpAnswer,
  type AwsHttpEvent,
  type AwsScheduledEvent,
  toAwsAnswer,
  toRequest,
} from './aws.ts';
import type { OpenFunction } from './open-function.ts';

export interface Entry {
  fetch(request: Request): Promise<Response>;
  /** Rejects where a person is needed, so that the platform counts the call as failed. */
  scheduled(): Promise<void>;
  handler(event: AwsHttpEvent | AwsScheduledEvent, context?: AwsContext): Promise<AwsHttpAnswer | undefined>;
}

/** What the platform does after the handler returned: answer, log, freeze. */
const afterworkMs = 1_000;

/** The forms in which platforms call a function. It is opened by its first call and kept for later ones. */
export function createEntry(open: () => Promise<OpenFunction>): Entry {
  let opening: Promise<OpenFunction> | null = null;
  function opened(): Promise<OpenFunction> {
    opening ??= open().catch((cause: unknown) => {
      opening = null;
      throw cause;
    });
    return opening;
  }

  async function run(limitMs?: number): Promise<void> {
    const { runDue, configuration } = await opened();
    const { ended } = await runDue(limitMs ?? configuration.budgetMs);
    if (ended === 'halted') throw new Error('The service rejects the key, or the sync was switched off.');
  }

  return {
    fetch: async (request) => answerRequest(await opened(), request),
    scheduled: () => run(),
    async handler(event, context) {
      if (event.rawPath !== undefined) {
        return toAwsAnswer(await answerRequest(await opened(), toRequest(event)));
      }
      const remainingMs = context?.getRemainingTimeInMillis();
      await run(remainingMs === undefined ? undefined : Math.max(1, remainingMs - afterworkMs));
      return undefined;
    },
  };
}
