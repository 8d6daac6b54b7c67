import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { webhookPath } from './answer-request.ts';
import { sampleBodies, sampleBody } from './demo/samples.ts';
import { keys, openTestFunction, type TestFunction } from './testing/open-test-function.ts';

const budgetMs = 2_000;
// For a busy machine; far below what the calls would take without a budget.
const slackMs = 4_000;

let opened: TestFunction;
beforeEach(async () => {
  const settings = { SYNC_BUDGET_MS: String(budgetMs), CBB_SYNC_CONCURRENCY: '1' };
  // One request an order, so that the test can say how many calls the budget allows.
  opened = await openTestFunction({ ...settings, CBB_API_CONTRACT: 'plan' }, 'plan');
});
afterEach(() => opened.close());

const lastRun = (): unknown =>
  opened.logged.findLast((entry) => Reflect.get(entry, 'kind') === 'run-finished');

async function waiting(): Promise<number> {
  const { rows } = await opened.sql.query(`SELECT 1 FROM orders WHERE cbb_sync_status = 'pending'`);
  return rows.length;
}

/** Runs, and gives how long it took, in milliseconds. */
async function timed(call: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await call();
  return performance.now() - startedAt;
}

describe('the budget of a call', { timeout: 60_000 }, () => {
  it('ends the call in time, and the next calls finish the work', async () => {
    for (const body of sampleBodies) await opened.deliver(body);
    opened.simulator.failNext({ kind: 'latency', delayMs: 600 }, {}, 100);
    expect(await timed(opened.scheduled)).toBeLessThan(budgetMs + slackMs);
    expect(lastRun()).toMatchObject({ ended: 'budget' });
    expect(await waiting()).toBeGreaterThan(0);

    for (let calls = 0; calls < 10 && (await waiting()) > 0; calls += 1) await opened.scheduled();
    expect(await waiting()).toBe(0);
    expect(opened.simulator.contacts.size).toBe(7);
  });

  it('holds for a service that hangs: the order is given back, and the next call syncs it', async () => {
    await opened.deliver(sampleBody('01_il_plain'));
    opened.simulator.failNext({ kind: 'hang' });
    expect(await timed(opened.scheduled)).toBeLessThan(budgetMs + slackMs);
    expect(lastRun()).toMatchObject({ ended: 'budget', outcomes: { deferred: 1 }, nextDueInMs: 0 });
    await opened.scheduled();
    expect(lastRun()).toMatchObject({ worked: 1, outcomes: { created: 1 } });
  });

  it('is what is left of the time of an AWS function', async () => {
    await opened.deliver(sampleBody('01_il_plain'));
    const event = { source: 'aws.events' };
    opened.simulator.failNext({ kind: 'hang' });
    const context = { getRemainingTimeInMillis: () => 2_500 };
    expect(await timed(() => opened.handler(event, context))).toBeLessThan(1_500 + slackMs);
    expect(await opened.handler(event)).toBeUndefined();
    expect(lastRun()).toMatchObject({ worked: 1, outcomes: { created: 1 } });
  });

  it('needs no schedule to take an HTTP event of AWS', async () => {
    const event = {
      rawPath: webhookPath,
      headers: { 'x-api-key': keys.webhook, 'content-type': 'application/json' },
      requestContext: { http: { method: 'POST' } },
      body: Buffer.from(sampleBody('01_il_plain')).toString('base64'),
      isBase64Encoded: true,
    };
    expect(await opened.handler(event)).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"orderId":"IL250819IN1","status":"queued"}',
    });
    const { rows } = await opened.sql.query('SELECT client_name FROM orders');
    expect(rows).toEqual([{ client_name: 'נועה ברק־לוי' }]);
    expect(await opened.handler({ ...event, headers: {} })).toMatchObject({ statusCode: 401 });
  });
});
