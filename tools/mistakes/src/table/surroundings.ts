import type { Mistake } from '../mistake.ts';
import { each, elsewhere, hears, hearsOn } from './words.ts';

const dayMs = 86_400_000;

/** The store times everything by the database's clock: what is off changes nothing but what a person sees. */
const clockOff = (name: string, clockAheadMs: number, says: RegExp): Mistake => ({
  name,
  clockAheadMs,
  commands: [
    ...each(['doctor'], 0, says, /set the clock by a time service/),
    ...each(['sweep'], 0, /updated +1/),
  ],
  host: hears('job-finished', /"outcome":"updated","status":"synced"/),
});

/** The machine that the sync runs on. */
export const surroundingMistakes: readonly Mistake[] = [
  clockOff('a clock that is a day ahead', dayMs, /86\d{3} s ahead of that of the service/),
  clockOff('a clock that is a day behind', -dayMs, /86\d{3} s behind that of the service/),
  {
    name: 'a clock that is a day ahead, on a queue that keeps times',
    clockAheadMs: dayMs,
    commands: elsewhere('a worker ends with its signal alone; the host beside has the same'),
    host: hearsOn('bullmq', 'job-finished', /"outcome":"updated","status":"synced"/),
  },
  {
    name: 'Node 20',
    commands: elsewhere('the tests run on one Node', 'packages/cli/src/old-node.test.ts'),
    host: elsewhere(
      'the packed packages are installed on it by continuous integration',
      'tools/hosts/old-node.ts',
    ),
  },
];
