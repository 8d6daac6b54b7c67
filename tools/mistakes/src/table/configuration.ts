import type { Mistake } from '../mistake.ts';
import { each, elsewhere, hears, hearsOn } from './words.ts';

const all = ['doctor', 'sync-order --order-id={order}', 'sweep', 'worker'];
const writing = ['sync-order --order-id={order}', 'sweep', 'worker'];

const unusable = (...says: readonly RegExp[]) => hears('invalid_configuration', ...says);

/** Settings and flags: each is refused before anything is done. */
export const configurationMistakes: readonly Mistake[] = [
  {
    name: 'no key',
    settings: () => ({ CBB_API_KEY: '' }),
    commands: [
      ...each(['doctor'], 1, /CBB_API_KEY must be set/),
      ...each(writing, 2, /CBB_API_KEY must be set/),
    ],
    host: unusable(/CBB_API_KEY must be set/),
  },
  {
    name: 'no database',
    settings: () => ({ DATABASE_URL: undefined }),
    commands: each(all, 2, /DATABASE_URL must be set/),
    host: unusable(/DATABASE_URL must be set/),
  },
  {
    name: 'the URL of another kind of database',
    settings: () => ({ DATABASE_URL: 'mysql://someone:hunter2@127.0.0.1/shop' }),
    commands: each(all, 2, /DATABASE_URL must be a URL that begins with postgres:\/\//),
    host: unusable(/DATABASE_URL must be a URL that begins with postgres:\/\//),
  },
  {
    name: 'the URL of the service without a scheme',
    settings: () => ({ CBB_API_URL: 'app.chatgptbuilder.io/api' }),
    commands: each(all, 2, /CBB_API_URL must be a URL that begins with http/),
    host: unusable(/CBB_API_URL must be a URL that begins with http/),
  },
  {
    name: 'a misspelt setting',
    settings: () => ({ CBB_API_TIMEOUT_MS: '5000' }),
    commands: each(all, 2, /CBB_API_TIMEOUT_MS is not a known setting/),
    host: unusable(/CBB_API_TIMEOUT_MS is not a known setting/),
  },
  {
    name: 'a time in words',
    settings: () => ({ CBB_API_TIMEOUT: '30s' }),
    commands: each(all, 2, /CBB_API_TIMEOUT must be a whole number of milliseconds/),
    host: unusable(/CBB_API_TIMEOUT must be a whole number of milliseconds/),
  },
  {
    name: 'a share of more than all',
    settings: () => ({ CBB_SYNC_ROLLOUT_PERCENT: '110' }),
    commands: each(all, 2, /CBB_SYNC_ROLLOUT_PERCENT must be a whole number from 0 to 100/),
    host: unusable(/CBB_SYNC_ROLLOUT_PERCENT must be a whole number from 0 to 100/),
  },
  {
    name: 'a secret that can be guessed',
    settings: () => ({ CBB_HASH_SECRET: 'pepper' }),
    commands: each(all, 2, /CBB_HASH_SECRET must be a text of at least 16 characters/),
    host: unusable(/CBB_HASH_SECRET must be a text of at least 16 characters/),
  },
  {
    name: 'an unknown contract',
    settings: () => ({ CBB_API_CONTRACT: 'v2' }),
    commands: each(all, 2, /CBB_API_CONTRACT must be one of/),
    host: unusable(/CBB_API_CONTRACT must be one of/),
  },
  {
    name: 'switched off',
    settings: () => ({ ENABLE_CBB_SYNC: 'false' }),
    commands: [
      { line: 'doctor', code: 0, says: [/the sync is switched off/, /set ENABLE_CBB_SYNC=true/] },
      ...each(writing, 2, /switched off: ENABLE_CBB_SYNC is false/),
    ],
    host: hears('sync_disabled', /switched off/, /ENABLE_CBB_SYNC/),
  },
  {
    name: 'run dry',
    settings: () => ({ CBB_SYNC_DRY_RUN: 'true' }),
    commands: [
      { line: 'doctor', code: 0, says: [/the sync runs dry/, /set CBB_SYNC_DRY_RUN=false/] },
      ...each(writing, 2, /CBB_SYNC_DRY_RUN is true/),
    ],
    host: hears('sync_disabled', /runs dry/, /CBB_SYNC_DRY_RUN/),
  },
  {
    name: 'no Redis for the queue that needs it',
    settings: () => ({ REDIS_URL: '' }),
    commands: each(
      ['doctor --queue=bullmq', 'sweep --queue=bullmq', 'worker --queue=bullmq'],
      2,
      /REDIS_URL must be set/,
    ),
    host: hearsOn('bullmq', 'invalid_configuration', /REDIS_URL must be set/),
  },
  {
    name: 'flags that do not exist',
    commands: [
      ...each(['sync-order --order={order}'], 2, /--order is not an option/, /--order-id must be given/),
      ...each(['worker --queue=rabbitmq'], 2, /--queue must be one of function, bullmq, pg-boss/),
      ...each(['sync {order}'], 2, /there is no such command/),
    ],
    host: elsewhere('a host gives no flags; its options are below'),
  },
  {
    name: 'an order that does not exist',
    commands: each(
      ['sync-order --order-id=IL0', 'sync-order --order-id=IL0 --dry-run'],
      1,
      /[Nn]o order has this id/,
    ),
    host: elsewhere(
      'the order may not be committed yet: such a job is tried again',
      'packages/queue/src/jobs/run-sync-job.test.ts',
    ),
  },
  {
    name: 'options that do not exist',
    commands: elsewhere('the command line makes the options of its composition'),
    host: {
      ...hears('wrong_options', /databse: unknown option/, /queue: must be one of function, bullmq, pg-boss/),
      options: { databse: 'shop', queue: 'rabbitmq' },
    },
  },
  {
    name: 'a connection whose URL was never set',
    commands: elsewhere('the command line takes REDIS_URL alone'),
    host: {
      ...hearsOn('bullmq', 'wrong_options', /connection: url is given but has no value/),
      options: { queueOptions: { connection: { url: process.env.NO_SUCH_SETTING } } },
    },
  },
];
