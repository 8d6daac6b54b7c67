import type { Mistake } from '../mistake.ts';
import { each, elsewhere, hears, refused, sync } from './words.ts';

/** What the role of the database may not do, or does not see. */
export const accessMistakes: readonly Mistake[] = [
  {
    name: 'a role that may only read',
    settings: async ({ role, url }) => ({
      DATABASE_URL: url({ username: await role('GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}') }),
    }),
    commands: each(
      ['doctor', sync, 'sweep'],
      1,
      /role lacks a permission/,
      /[Gg]rant the role access|permission/,
    ),
    host: refused(/role lacks a permission/, /Grant the role access/),
  },
  {
    name: 'a role that may not even read',
    settings: async ({ role, url }) => ({ DATABASE_URL: url({ username: await role() }) }),
    commands: each(['doctor', sync, 'sweep', 'failures', 'migrate'], 1, /role lacks a permission/),
    host: refused(/role lacks a permission/, /Grant the role access/),
  },
  {
    name: 'row-level security that hides the orders',
    make: ({ pool }) => pool.query('ALTER TABLE orders ENABLE ROW LEVEL SECURITY'),
    settings: async ({ role, url }) => ({
      DATABASE_URL: url({ username: await role('GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}') }),
    }),
    commands: each(['doctor', sync], 1, /row-level.security/i),
    host: hears('sweep-failed', /row-level security/, /Use a role that bypasses it/),
  },
  {
    name: 'a direct connection to another database',
    settings: ({ url }) => ({ DATABASE_DIRECT_URL: url({ pathname: '/postgres' }) }),
    commands: each(['doctor'], 1, /notifications do not arrive/, /same database, and past the pooler/),
    host: elsewhere('the sweep finds every order; doctor tells that announcements do not arrive'),
  },
];
