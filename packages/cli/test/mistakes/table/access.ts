import type { Mistake } from '../mistake.ts';
import { each, sync } from './lines.ts';

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
  },
  {
    name: 'a role that may not even read',
    settings: async ({ role, url }) => ({ DATABASE_URL: url({ username: await role() }) }),
    commands: each(['doctor', sync, 'sweep', 'failures', 'migrate'], 1, /role lacks a permission/),
  },
  {
    name: 'row-level security that hides the orders',
    make: ({ pool }) => pool.query('ALTER TABLE orders ENABLE ROW LEVEL SECURITY'),
    settings: async ({ role, url }) => ({
      DATABASE_URL: url({ username: await role('GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}') }),
    }),
    commands: each(['doctor', sync], 1, /row-level.security/i),
  },
  {
    name: 'a direct connection to another database',
    settings: ({ url }) => ({ DATABASE_DIRECT_URL: url({ pathname: '/postgres' }) }),
    commands: each(['doctor'], 1, /notifications do not arrive/, /same database, and past the pooler/),
  },
];
