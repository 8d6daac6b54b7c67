import { silentServer } from '@visanet/test-support';
import { guardedPostgres } from '../guarded-postgres.ts';
import type { Mistake } from '../mistake.ts';
import { each, hears, refused, sync, worker } from './words.ts';

const all = ['doctor', sync, 'sweep', worker, 'failures', 'retry-failed', 'migrate'];
/** A worker waits for a database that is away. */
const unanswered = all.filter((line) => line !== worker);
const address = /Check host and port/;
/** A worker waits, and says for what. */
const away = (cause: RegExp) => hears('database-awaited', cause, address);

/** The database as it can be misnamed, away, or closed to the role. */
export const databaseMistakes: readonly Mistake[] = [
  {
    name: 'the name of a database that does not exist',
    settings: ({ url }) => ({ DATABASE_URL: url({ pathname: '/no_such_database' }) }),
    commands: each(all, 1, /[Tt]he database does not exist/, /Check the database name/),
    host: refused(/database does not exist/, /Check the database name/),
  },
  {
    name: 'a wrong password',
    settings: async ({ listening, url }) => {
      const { port } = await listening(guardedPostgres);
      return { DATABASE_URL: url({ username: 'someone', password: 'hunter2', port }) };
    },
    commands: each(all, 1, /refused the user or the password/, /Check user and password/),
    host: refused(/refused the user or the password/, /Check user and password/),
  },
  {
    name: 'a role that does not exist',
    settings: ({ url }) => ({ DATABASE_URL: url({ username: 'nobody_here', password: 'hunter2' }) }),
    commands: each(all, 1, /does not let this user in|refused the user/, /Check user and password/),
    host: refused(/does not let this user in|refused the user/, /Check user and password/),
  },
  {
    name: 'a port where nothing listens',
    settings: ({ url }) => ({ DATABASE_URL: url({ password: 'hunter2', port: '1' }) }),
    commands: each(unanswered, 1, /Nothing answers at the address/, address),
    host: away(/Nothing answers at the address/),
  },
  {
    name: 'a host that does not exist',
    settings: ({ url }) => ({ DATABASE_URL: url({ password: 'hunter2', hostname: 'no-such-host.invalid' }) }),
    commands: each(unanswered, 1, /host of the database is unknown/, /Check the host name/),
    host: hears('database-awaited', /host of the database is unknown/, /Check the host name/),
  },
  {
    name: 'the port of another server',
    settings: ({ url, origin }) => ({ DATABASE_URL: url({ port: new URL(origin).port }) }),
    commands: each(['doctor', sync, 'failures'], 1, /database/, address),
    host: away(/database/),
  },
  {
    name: 'a server that never says a word',
    settings: async ({ listening, url }) => {
      const { port } = await listening(silentServer);
      return { DATABASE_URL: url({ port }) };
    },
    commands: each(['failures'], 1, /did not answer in time/, address),
    host: away(/did not answer in time/),
  },
];
