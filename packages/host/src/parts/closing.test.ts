import { expect, it } from 'vitest';
import { createClosing } from './closing.ts';

it('closes what was opened last first, each once, whatever fails', async () => {
  const closed: string[] = [];
  const closing = createClosing();
  closing.add(async () => void closed.push('pool'));
  closing.add(async () => {
    closed.push('queue');
    throw new Error('already gone');
  });
  closing.add(async () => void closed.push('limit'));
  await closing.closeAll();
  await closing.closeAll();
  expect(closed).toEqual(['limit', 'queue', 'pool']);
});
