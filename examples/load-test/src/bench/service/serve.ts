import { createSimulator, startSimulatorServer } from '@visanet/cbb-testkit';
import type { ServiceAnswer, ServiceQuestion, ServiceSettings } from './messages.ts';
import { phoneOfRequest } from './phone-of-request.ts';

// The simulator in a process of its own, so that its work does not count as the contenders'.
let answer: (question: ServiceQuestion) => ServiceAnswer | undefined = () => undefined;

async function start({ contract, withoutWhatsApp }: ServiceSettings): Promise<ServiceAnswer> {
  const silent = new Set(withoutWhatsApp);
  const simulator = createSimulator({
    contract,
    seed: 1,
    rateLimitPerMinute: null,
    hasWhatsApp: (phone) => !silent.has(phone),
  });
  const server = await startSimulatorServer(simulator);
  let taken = 0;
  answer = (question) => {
    if (question.kind === 'contacts') return { kind: 'contacts', contacts: [...simulator.contacts.values()] };
    if (question.kind === 'reset') {
      simulator.reset();
      taken = 0;
      return { kind: 'ready' };
    }
    const phones = simulator.requests.slice(taken).map(phoneOfRequest);
    taken += phones.length;
    return { kind: 'requests', phones };
  };
  return { kind: 'started', url: server.url, apiKey: simulator.apiKey };
}

process.on('message', async (question: ServiceQuestion) => {
  process.send?.(question.kind === 'start' ? await start(question.settings) : answer(question));
});
process.on('disconnect', () => process.exit(0));
