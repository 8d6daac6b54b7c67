import type { Mistake } from '../mistake.ts';
import { each } from './lines.ts';

const all = ['doctor', 'sync-order --order-id={order}', 'sweep', 'worker'];
const writing = ['sync-order --order-id={order}', 'sweep', 'worker'];

/** Settings and flags: each is refused before anything is done. */
export const configurationMistakes: readonly Mistake[] = [
  {
    name: 'no key',
    settings: () => ({ CBB_API_KEY: '' }),
    commands: each(all, 2, /CBB_API_KEY must be set/),
  },
  {
    name: 'no database',
    settings: () => ({ DATABASE_URL: undefined }),
    commands: each(all, 2, /DATABASE_URL must be set/),
  },
  {
    name: 'the URL of another kind of database',
    settings: () => ({ DATABASE_URL: 'mysql://someone:hunter2@127.0.0.1/shop' }),
    commands: each(all, 2, /DATABASE_URL must be a URL that begins with postgres:\/\//),
  },
  {
    name: 'the URL of the service without a scheme',
    settings: () => ({ CBB_API_URL: 'app.chatgptbuilder.io/api' }),
    commands: each(all, 2, /CBB_API_URL must be a URL that begins with http/),
  },
  {
    name: 'a misspelt setting',
    settings: () => ({ CBB_API_TIMEOUT_MS: '5000' }),
    commands: each(all, 2, /CBB_API_TIMEOUT_MS is not a known setting/),
  },
  {
    name: 'a time in words',
    settings: () => ({ CBB_API_TIMEOUT: '30s' }),
    commands: each(all, 2, /CBB_API_TIMEOUT must be a whole number of milliseconds/),
  },
  {
    name: 'a share of more than all',
    settings: () => ({ CBB_SYNC_ROLLOUT_PERCENT: '110' }),
    commands: each(all, 2, /CBB_SYNC_ROLLOUT_PERCENT must be a whole number from 0 to 100/),
  },
  {
    name: 'a secret that can be guessed',
    settings: () => ({ CBB_HASH_SECRET: 'pepper' }),
    commands: each(all, 2, /CBB_HASH_SECRET must be a text of at least 16 characters/),
  },
  {
    name: 'an unknown contract',
    settings: () => ({ CBB_API_CONTRACT: 'v2' }),
    commands: each(all, 2, /CBB_API_CONTRACT must be one of/),
  },
  {
    name: 'switched off',
    settings: () => ({ ENABLE_CBB_SYNC: 'false' }),
    commands: [
      { line: 'doctor', code: 0, says: [/the sync is switched off/, /set ENABLE_CBB_SYNC=true/] },
      ...each(writing, 2, /switched off: ENABLE_CBB_SYNC is false/),
    ],
  },
  {
    name: 'run dry',
    settings: () => ({ CBB_SYNC_DRY_RUN: 'true' }),
    commands: [
      { line: 'doctor', code: 0, says: [/the sync runs dry/, /set CBB_SYNC_DRY_RUN=false/] },
      ...each(writing, 2, /CBB_SYNC_DRY_RUN is true/),
    ],
  },
  {
    name: 'no Redis for the queue that needs it',
    settings: () => ({ REDIS_URL: '' }),
    commands: each(
      ['doctor --queue=bullmq', 'sweep --queue=bullmq', 'worker --queue=bullmq'],
      2,
      /REDIS_URL must be set/,
    ),
  },
  {
    name: 'flags that do not exist',
    commands: [
      ...each(['sync-order --order={order}'], 2, /--order is not an option/, /--order-id must be given/),
      ...each(['worker --queue=rabbitmq'], 2, /--queue must be one of function, bullmq, pg-boss/),
      ...each(['sync {order}'], 2, /there is no such command/),
    ],
  },
  {
    name: 'an order that does not exist',
    commands: each(
      ['sync-order --order-id=IL0', 'sync-order --order-id=IL0 --dry-run'],
      1,
      /[Nn]o order has this id/,
    ),
  },
];
