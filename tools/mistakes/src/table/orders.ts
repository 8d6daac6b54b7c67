import type { Mistake } from '../mistake.ts';
import { each, hears, sync } from './words.ts';

const phoneless = { client_phone: '12' };

/** What a row can hold that is no order. */
export const orderMistakes: readonly Mistake[] = [
  {
    name: 'a phone that is none',
    make: ({ change }) => change(phoneless),
    commands: [
      ...each([sync], 1, /invalid_phone: \w+/, /correct the phone of the order/),
      ...each(['failures'], 0, /invalid_phone: \w+: 1 order/, /correct the phone of the order/),
      ...each(
        ['retry-failed'],
        0,
        /0 failed orders are due again/,
        /1 failed order left out, which only an edit mends/,
      ),
      ...each(['sweep'], 1, /invalid_phone/, /correct the phone/),
    ],
    host: hears('job-finished', /invalid_phone: \w+/, /correct the phone of the order/),
  },
  {
    name: 'a phone that is none, and others that are well',
    make: async ({ change, insert }) => {
      await insert({ client_phone: '447700900124' }, 7);
      await change(phoneless);
    },
    commands: each(['sweep'], 1, /created +1/, /1 order failed: invalid_phone/),
    host: hears('job-finished', /invalid_phone: \w+/, /correct the phone of the order/),
  },
];
