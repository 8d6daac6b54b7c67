import { describe, expect, it } from 'vitest';
import { onceDone } from './once-done.ts';

describe('onceDone', () => {
  it('tries again after a failure, and never after a success', async () => {
    let tries = 0;
    const prepare = onceDone(async () => {
      tries += 1;
      if (tries === 1) throw new Error('away');
    });
    await expect(prepare()).rejects.toThrow('away');
    await Promise.all([prepare(), prepare()]);
    await prepare();
    expect(tries).toBe(2);
  });
});
