import { expect, it } from 'vitest';
import { startPrivatePostgres } from '../../../tools/servers/postgres.ts';
import { createAdapter, freshName, okOf } from '../test/adapter.ts';
import { startBoss } from '../test/harness.ts';

it('goes on after its database was restarted', async () => {
  const server = await startPrivatePostgres({ durable: true });
  const boss = await startBoss(server.url, 'restart');
  const { adapter, scripted } = createAdapter({ boss, queueName: freshName() });
  okOf(await adapter.startWorker({ sweepIntervalMs: 0 }));
  okOf(await adapter.enqueue('before'));
  await expect.poll(() => scripted.runsOf('before').length, { timeout: 10_000 }).toBe(1);
  await server.restart();
  await expect.poll(async () => (await adapter.enqueue('after')).isOk(), { timeout: 10_000 }).toBe(true);
  await expect.poll(() => scripted.runsOf('after').length, { timeout: 10_000 }).toBe(1);
  okOf(await adapter.close());
  await boss.stop({ graceful: false });
  await server.stop();
}, 60_000);
