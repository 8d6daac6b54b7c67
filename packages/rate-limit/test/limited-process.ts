import { createCbbClient } from '@visanet/cbb-client';
import { createSharedRateLimiter } from '../src/index.ts';
import { openStore } from './open-store.ts';

// One of several processes under one limit: asks for a contact again and again, and tells its parent what came of it.
const [baseUrl = '', apiKey = '', requestsPerMinute = '', requests = ''] = process.argv.slice(2);

const { store, close } = openStore();
const client = createCbbClient({
  contract: 'v1.1',
  baseUrl,
  apiKey,
  rateLimit: createSharedRateLimiter({ key: '1000001', requestsPerMinute: Number(requestsPerMinute), store }),
  retry: { attempts: 1 },
  maxWaitMs: 60_000,
  deadlineMs: 120_000,
});

let left = Number(requests);
const outcomes: string[] = [];
async function ask(): Promise<void> {
  while (left > 0) {
    left -= 1;
    const found = await client.contacts.find('447700900123');
    outcomes.push(found.isOk() ? 'answered' : found.error.kind);
  }
}
await Promise.all([ask(), ask(), ask()]);
process.send?.(outcomes);
await close();
