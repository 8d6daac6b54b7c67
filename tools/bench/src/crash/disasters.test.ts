import { expect, it } from 'vitest';
import { planDisasters } from './disasters.ts';

it('kills as often as asked, for the last time at two thirds of the run', () => {
  const disasters = planDisasters(10, false);
  const kills = disasters.filter(({ kind }) => kind === 'kill');
  expect(kills).toHaveLength(10);
  expect(kills.at(-1)?.at).toBeCloseTo(2 / 3);
  expect(disasters.at(-1)).toBe(kills.at(-1));
});

it('restarts Postgres once, and Redis once with and once without its data', () => {
  const kinds = planDisasters(10, true).map(({ kind }) => kind);
  const count = (kind: string) => kinds.filter((other) => other === kind).length;
  expect([count('restart_postgres'), count('restart_redis'), count('wipe_redis')]).toEqual([1, 1, 1]);
  expect(count('freeze')).toBeGreaterThan(1);
  expect(planDisasters(10, false).filter(({ kind }) => kind.includes('redis'))).toEqual([]);
});
