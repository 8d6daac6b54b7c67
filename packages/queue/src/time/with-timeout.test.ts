import { expect, it } from 'vitest';
import { ManualClock } from '../../../sync/test/world/manual-clock.ts';
import { withTimeout } from './with-timeout.ts';

it('rejects with a code when the time is up, and else answers as the promise does', async () => {
  const clock = new ManualClock();
  const late = withTimeout(new Promise(() => {}), 100, clock);
  clock.advance(100);
  await expect(late).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  await expect(withTimeout(Promise.resolve(7), 100, clock)).resolves.toBe(7);
  await expect(withTimeout(Promise.reject(new Error('down')), 100, clock)).rejects.toThrow('down');
});
