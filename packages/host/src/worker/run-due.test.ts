import { silentServer } from '@visanet/test-support';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { untouched, useHostBench } from '../../test/host-bench.ts';
import { createCbbSyncOrThrow } from '../create-cbb-sync-or-throw.ts';

const bench = useHostBench();
const { environmentOf } = bench;

/** Of 30 s for a request, and 45 s for a call, as by default: no test has that much time. */
const budgetMs = 600;

describe('the budget of runDue', () => {
  let silent: Awaited<ReturnType<typeof silentServer>>;
  beforeAll(async () => {
    silent = await silentServer();
  });
  afterAll(() => silent.stop());

  const hanging = () => ({ CBB_API_URL: `http://127.0.0.1:${silent.port}/api` });

  it.each([
    ['whose account is stored', true],
    ['that nobody asked yet', false],
  ])('ends the wait for a service %s', async (_, isStored) => {
    if (isStored) await bench.know('plan');
    const orderId = await bench.database.insert();
    const cbb = await createCbbSyncOrThrow({ environment: environmentOf('plan', hanging()) });
    const error = { kind: 'service_unavailable', cause: 'timeout', retryable: true };
    await expect(cbb.runDue({ budgetMs })).rejects.toMatchObject({ error });
    expect(await bench.traceOf(orderId)).toEqual(untouched);
    await cbb.close();
  });

  it('ends the wait for a database', async () => {
    const url = `postgres://u@127.0.0.1:${silent.port}/x`;
    const cbb = await createCbbSyncOrThrow({ environment: environmentOf('plan', { DATABASE_URL: url }) });
    const error = { kind: 'store_failed', cause: 'store_unavailable', retryable: true };
    await expect(cbb.runDue({ budgetMs })).rejects.toMatchObject({ error });
    await cbb.close();
  });

  it('is no more than the patience of the caller', async () => {
    const cbb = await createCbbSyncOrThrow({ environment: environmentOf('plan', hanging()) });
    const signal = AbortSignal.timeout(100);
    await expect(cbb.runDue({ budgetMs: 60_000, signal })).rejects.toMatchObject({ kind: 'aborted' });
    await cbb.close();
  });

  it('is checked as every option is', async () => {
    const cbb = await createCbbSyncOrThrow({ environment: environmentOf('plan') });
    expect(() => cbb.runDue({ budgetMs: 0 })).toThrow('budgetMs');
    await cbb.close();
  });
});
