import { expect, it } from 'vitest';
import { createManualClock } from './manual-clock.ts';

it('runs what falls due, in order, at its time; what is cancelled never', async () => {
  const clock = createManualClock({ startMs: 1000 });
  const seen: string[] = [];
  const note = (name: string) => () => seen.push(`${name} ${clock.now()} ${clock.wallNowMs()}`);
  clock.schedule(20, note('late'));
  clock.schedule(10, () => {
    note('first')();
    queueMicrotask(() => clock.schedule(5, note('chained')));
  });
  const cancel = clock.schedule(12, note('cancelled'));
  cancel();
  clock.schedule(31, note('beyond'));
  await clock.advance(30);
  expect(seen).toEqual(['first 10 1010', 'chained 15 1015', 'late 20 1020']);
  expect(clock.now()).toBe(30);
  await clock.advance(1);
  expect(seen.at(-1)).toBe('beyond 31 1031');
});

it('starts when the plan was written, unless told otherwise, and refuses unknown options', () => {
  expect(new Date(createManualClock().wallNowMs()).toISOString()).toBe('2025-08-20T10:00:00.000Z');
  expect(() => createManualClock(JSON.parse('{"start":1}'))).toThrow(/start/);
});
