import { createSimulator, type Simulator, startSimulatorServer } from '@visanet/cbb-testkit';
import type { SeenCreate, ServiceAnswer, ServiceQuestion, ServiceSettings } from './messages.ts';
import { phoneOfRequest } from './phone-of-request.ts';

// The simulator in a process of its own, so that its work does not count as the contenders'.
let answer: (question: ServiceQuestion) => ServiceAnswer | undefined = () => undefined;

async function start({
  contract,
  withoutWhatsApp,
  seed = 1,
  faults = [],
}: ServiceSettings): Promise<ServiceAnswer> {
  const silent = new Set(withoutWhatsApp);
  const simulator = createSimulator({
    contract,
    seed,
    faults,
    rateLimitPerMinute: null,
    hasWhatsApp: (phone) => !silent.has(phone),
  });
  const server = await startSimulatorServer(simulator, { admin: true });
  let taken = 0;
  answer = (question) => {
    if (question.kind === 'contacts') return { kind: 'contacts', contacts: [...simulator.contacts.values()] };
    if (question.kind === 'creates') return { kind: 'creates', creates: createsOf(simulator) };
    if (question.kind === 'reset') {
      simulator.reset();
      taken = 0;
      return { kind: 'ready' };
    }
    const phones = simulator.requests.slice(taken).map(phoneOfRequest);
    taken += phones.length;
    return { kind: 'requests', phones };
  };
  return { kind: 'started', url: server.url, origin: server.origin, apiKey: simulator.apiKey };
}

function createsOf({ journal, requests }: Simulator): SeenCreate[] {
  return journal.flatMap(({ operationId, status, fault, carriedOut }, index) => {
    const request = requests[index];
    if (operationId !== 'createContact' || request === undefined) return [];
    return [{ phone: phoneOfRequest(request), status, fault, carriedOut }];
  });
}

process.on('message', async (question: ServiceQuestion) => {
  process.send?.(question.kind === 'start' ? await start(question.settings) : answer(question));
});
process.on('disconnect', () => process.exit(0));
