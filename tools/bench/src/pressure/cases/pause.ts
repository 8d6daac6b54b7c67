import * as z from 'zod';
import { atMost, type Check, exactly } from '../../host/checks.ts';
import { composeSync } from '../../host/compose-sync.ts';
import { insertOrders } from '../../host/orders-table.ts';
import { drawOrders, phoneOf } from '../draw-orders.ts';
import { type BusyService, startBusyService } from '../instruments/busy-service.ts';
import type { PressureCase } from '../pressure-case.ts';
import { withStage } from '../stage.ts';

/** Longer than the case lasts, so that every request after the first is one too many. */
const pauseSeconds = 30;
const manyOrders = 100;

const attemptsSchema = z.array(z.object({ attempts: z.number() }));

export interface PauseFound {
  readonly requests: number;
  readonly attempts: number;
  readonly handedOut: number;
}

export function judgePause({ requests, attempts, handedOut }: PauseFound): Check[] {
  return [
    exactly('requests, that which was asked to wait included', requests, 1),
    atMost('attempts counted for both orders, the requests', attempts, requests),
    exactly('times that the order which was asked to wait was handed out', handedOut, 0),
  ];
}

/** The second order of the phone knocks while the first one's request is on its way. */
async function measure(): Promise<PauseFound> {
  return withStage({ queue: 'function' }, async ({ host, settings }) => {
    const [first, second] = drawOrders(0, 2, () => phoneOf(1));
    if (first === undefined || second === undefined) throw new Error('No orders were drawn.');
    const ids = [first.order_id, second.order_id];
    await insertOrders(host.pool, [first]);
    let service: BusyService | null = null;
    const knock = async () => {
      await insertOrders(host.pool, [second]);
      await run(second.order_id);
    };
    service = await startBusyService(pauseSeconds, knock);
    const sync = await composeSync({ ...settings, service: { ...settings.service, url: service.url } });
    const run = async (orderId: string) => {
      const result = await sync.engine.sync(orderId);
      if (result.isErr()) throw new Error(result.error.message);
    };
    try {
      await run(first.order_id);
      const due = await sync.engine.claimDue(manyOrders).unwrapOr([]);
      // Jobs that come early, as those of a queue may.
      for (const orderId of [...ids, ...ids]) await run(orderId);
      const { rows } = await host.pool.query('SELECT cbb_sync_attempts AS attempts FROM orders');
      const attempts = attemptsSchema.parse(rows);
      return {
        requests: service.count(),
        attempts: attempts.reduce((sum, row) => sum + row.attempts, 0),
        handedOut: due.filter((orderId) => orderId === first.order_id).length,
      };
    } finally {
      await sync.close();
      await service.close();
    }
  });
}

export const pause: PressureCase = {
  name: 'pause',
  about: 'a 503 that asks for 30 s, and another order of the phone that knocks meanwhile',
  run: async () => judgePause(await measure()),
};
