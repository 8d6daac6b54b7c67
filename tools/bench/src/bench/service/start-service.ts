import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type {
  SeenCreate,
  ServiceAnswer,
  ServiceQuestion,
  ServiceSettings,
  StoredContact,
} from './messages.ts';

/** The simulated contact service, reached over HTTP by the contenders and by messages for the bookkeeping. */
export interface Service {
  readonly url: string;
  /** Where `/__simulator/…` stands. */
  readonly origin: string;
  readonly apiKey: string;
  /** The phone of each request since the last call. */
  takeRequests(): Promise<readonly (string | null)[]>;
  contacts(): Promise<readonly StoredContact[]>;
  /** Every request to create a contact, in order of arrival. */
  creates(): Promise<readonly SeenCreate[]>;
  /** Forgets contacts and requests, for the next contender. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export async function startService(settings: ServiceSettings): Promise<Service> {
  const child = fork(fileURLToPath(new URL('serve.ts', import.meta.url)), {
    execArgv: ['--conditions=@visanet/source'],
  });

  async function ask(question: ServiceQuestion): Promise<ServiceAnswer> {
    const answered: Promise<[ServiceAnswer]> = new Promise((resolve, reject) => {
      child.once('message', (answer: ServiceAnswer) => resolve([answer]));
      child.once('exit', () => reject(new Error('The simulated service ended.')));
    });
    child.send(question);
    const [answer] = await answered;
    child.removeAllListeners('exit');
    return answer;
  }

  const started = await ask({ kind: 'start', settings });
  if (started.kind !== 'started') throw new Error('The simulated service did not start.');
  return {
    url: started.url,
    origin: started.origin,
    apiKey: started.apiKey,
    async takeRequests() {
      const answer = await ask({ kind: 'take_requests' });
      return answer.kind === 'requests' ? answer.phones : [];
    },
    async contacts() {
      const answer = await ask({ kind: 'contacts' });
      return answer.kind === 'contacts' ? answer.contacts : [];
    },
    async creates() {
      const answer = await ask({ kind: 'creates' });
      return answer.kind === 'creates' ? answer.creates : [];
    },
    async reset() {
      await ask({ kind: 'reset' });
    },
    async stop() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
