import { createSimulator, startSimulatorServer } from '@visanet/cbb-testkit';
import { type GatewaySubject, testContactGateway } from '@visanet/cbb-testkit/conformance';
import { describe, it } from 'vitest';
import { createCbbClient } from '../index.ts';

const methods = { reads: ['GET'], writes: ['POST', 'PATCH', 'DELETE'] } as const;
const common = {
  rateLimit: false,
  circuitBreaker: false,
  retry: { baseDelayMs: 1 },
  timeoutMs: 20_000,
} as const;

async function create(contract: 'plan' | 'v1.1', updateStrategy: 'fields' | 'upsert' | 'actions' = 'fields') {
  const simulator = createSimulator({ contract, rateLimitPerMinute: null });
  const server = await startSimulatorServer(simulator);
  const options = { ...common, apiKey: simulator.apiKey, baseUrl: server.url };
  const client =
    contract === 'plan'
      ? createCbbClient({ contract: 'plan', ...options })
      : createCbbClient({ contract: 'v1.1', updateStrategy, ...options });
  const subject: GatewaySubject = {
    gateway: client.contacts,
    service: {
      async fieldsOf(phone) {
        const fields = simulator.contacts.get(phone)?.fields;
        if (fields === undefined) return null;
        return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
      },
      fail: async (fault, on) =>
        simulator.configure({ faults: methods[on].map((method) => ({ fault, target: { method } })) }),
      heal: async () => simulator.configure({ faults: [] }),
      requests: async () => simulator.journal.length,
    },
    async close() {
      await server.close();
      simulator.assertNoViolations();
    },
  };
  return subject;
}

describe('the gateway of plan', () => {
  testContactGateway({ describe, it }, { create: () => create('plan') });
});

describe.each(['fields', 'upsert', 'actions'] as const)('the gateway of v1.1, by %s', (updateStrategy) => {
  testContactGateway({ describe, it }, { create: () => create('v1.1', updateStrategy) });
});
