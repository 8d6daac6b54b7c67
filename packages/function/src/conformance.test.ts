import { testQueueAdapter } from '@visanet/cbb-testkit/conformance';
import { describe, it } from 'vitest';
import { createFunctionSync, functionCapabilities } from './index.ts';

const limitMs = 70_000;

testQueueAdapter(
  { describe, it: (name, body) => it(name, body, limitMs) },
  {
    capabilities: functionCapabilities,
    storeIsQueue: true,
    // A process learns of what another one made due by looking at the store.
    worker: { concurrency: 5, sweepIntervalMs: 200 },
    async create({ engine, onEvent }) {
      const adapter = createFunctionSync({ engine, onEvent });
      return {
        adapter,
        async close() {
          (await adapter.close({ graceMs: 0 }))._unsafeUnwrap();
        },
      };
    },
  },
);
