import { acceptsAll, type RecordedRequest, type Simulator } from '@visanet/cbb-testkit';
import { startPrism } from '../../../tools/servers/prism.ts';

const documents = {
  plan: { file: 'cbb-plan.yaml', headers: { authorization: 'Bearer any' } },
  'v1.1': { file: 'cbb-v1.1.yaml', headers: { 'x-access-token': '1.any' } },
} as const;

/** Prism is a program of its own and slow to answer first. */
const judgingMs = 120_000;

interface Hooks {
  readonly afterEach: (body: () => void) => unknown;
  readonly afterAll: (body: () => Promise<void>, timeoutMs: number) => unknown;
}

/**
 * Lets an independent reader of the OpenAPI document, Prism, judge every request that the tests of a file made of the
 * simulator, and fails the file where it refuses one.
 */
export function judgeByPrism({ afterEach, afterAll }: Hooks, simulator: Simulator): void {
  const recorded: RecordedRequest[] = [];
  afterEach(() => {
    recorded.push(...simulator.requests);
  });
  afterAll(async () => {
    const { file, headers } = documents[simulator.contract];
    const prism = await startPrism(file);
    try {
      const { refused } = await acceptsAll(recorded, { baseUrl: prism.baseUrl, headers });
      if (refused.length === 0) return;
      const list = refused.map(
        ({ request, status, body }) => `${request.method} ${request.target}: ${status} ${body}`,
      );
      throw new Error(
        `Prism refused ${refused.length} requests of contract ${simulator.contract}:\n${list.join('\n')}`,
      );
    } finally {
      await prism.close();
    }
  }, judgingMs);
}
