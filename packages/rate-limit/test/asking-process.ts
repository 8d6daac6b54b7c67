import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { createSharedRateLimiter } from '../src/index.ts';
import { openStore } from './open-store.ts';

// One of two processes under one limit, perhaps with a clock that is behind: tells its parent of each grant.
const [requestsPerMinute = '', behindMs = ''] = process.argv.slice(2);
const { now } = Date;
Date.now = () => now() - Number(behindMs);

const { store } = openStore();
const limiter = createSharedRateLimiter({
  key: 'clocks',
  requestsPerMinute: Number(requestsPerMinute),
  store,
});
// Connected before both begin.
await createSharedRateLimiter({ key: behindMs, requestsPerMinute: 60_000, store }).acquire();
process.send?.('ready');
await once(process, 'message');
for (;;) {
  const answer = await limiter.acquire();
  if (answer.granted) process.send?.('granted');
  else await delay(answer.waitMs);
}
