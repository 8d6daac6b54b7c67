import type { Mistake } from '../mistake.ts';
import { each, refused, sync, worker } from './words.ts';

const working = [sync, 'sweep', worker];
const remedies = [/cbb adopt/, /cbb separate/];

/** Refused with both ways out, until an operator takes the one that is right for the case. */
const until = (way: 'adopt' | 'separate', ...says: readonly RegExp[]) => ({
  commands: [
    ...each(working, 1, ...says, ...remedies),
    ...each([`${way} --yes`], 0, /done|contacts/),
    ...each([sync], 0, /synced/),
  ],
  host: refused(...says, ...remedies),
});

const kept = (name: string, assignment: string, says: RegExp): Mistake => ({
  name,
  make: ({ pool }) => pool.query(`UPDATE cbb_sync_scope SET ${assignment}`),
  ...until('adopt', says),
});

/** Databases that are not the one that the ledger was kept in: what it says of the contacts may be outdated. */
export const copyMistakes: readonly Mistake[] = [
  {
    name: 'a backup restored into a new database of the same name',
    make: ({ restore }) => restore(),
    ...until('adopt', /was made anew/),
  },
  kept('a backup restored on another server', "system_identifier = '7000000000000000001'", /is now on/),
  kept(
    'a server set back to an earlier timeline',
    'timeline = timeline + 1',
    /went back from timeline 2 to 1/,
  ),
  kept(
    'a server restored to an earlier time',
    "timeline = timeline - 1, seen_at = now() - interval '1 day'",
    /timeline rose from 0 to 1, and no store was seen for 1440 minutes/,
  ),
  {
    name: 'a copy of the database, with the key of the original',
    settings: async ({ copy }) => ({ DATABASE_URL: await copy() }),
    ...until('adopt', /it was the database \w+ and is now \w+/),
  },
  {
    name: 'a copy of the database separated with the key of the original',
    contract: 'v1.1',
    settings: async ({ copy }) => ({ DATABASE_URL: await copy() }),
    commands: [
      ...each(
        ['separate --yes'],
        1,
        /A copy of the database would write to the same contacts/,
        /another account/,
      ),
      ...each(working, 1, ...remedies),
    ],
    host: refused(/is now/, ...remedies),
  },
  {
    name: 'two accounts in turn',
    contract: 'v1.1',
    settings: async ({ account }) => {
      const other = await account('2000002');
      return { CBB_API_URL: other.url, CBB_API_KEY: other.apiKey };
    },
    commands: [
      { line: sync, code: 0, says: [/synced/], asBefore: true },
      ...each(working, 1, /v1\.1\/1000001/, /v1\.1\/2000002/, /CBB_API_KEY/, /cbb adopt/),
      { line: sync, code: 0, says: [/synced/], asBefore: true },
    ],
    host: refused(/v1\.1\/1000001/, /v1\.1\/2000002/, /CBB_API_KEY/, /cbb adopt/),
  },
];
