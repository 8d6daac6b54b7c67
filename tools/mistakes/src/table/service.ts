import type { Mistake } from '../mistake.ts';
import { each, hears, refused, sync, worker } from './words.ts';

const network = /check CBB_API_URL and the network/;

/** The service as it can be misnamed, away, in the way or not itself. */
export const serviceMistakes: readonly Mistake[] = [
  {
    name: 'a key that the service rejects',
    settings: () => ({ CBB_API_KEY: '1000001.hunter2' }),
    commands: [
      ...each(['doctor'], 1, /the service rejects it/, /set CBB_API_KEY/),
      ...each([sync, 'sweep', worker], 1, /rejects the key|does not accept the key/, /[Cc]heck CBB_API_KEY/),
    ],
    host: hears('worker-halted', /the service rejects the key/, /check CBB_API_KEY/),
  },
  {
    name: 'a key that the service rejects, v1.1',
    contract: 'v1.1',
    settings: () => ({ CBB_API_KEY: '1000001.hunter2' }),
    commands: [
      ...each(['doctor'], 1, /rejects/, /CBB_API_KEY/),
      ...each([sync, 'sweep', worker], 1, /rejects the key|does not accept the key/, /[Cc]heck CBB_API_KEY/),
    ],
    host: hears('key_rejected', /does not accept the key/, /Check CBB_API_KEY/),
  },
  {
    name: 'an address where nothing listens',
    settings: () => ({ CBB_API_URL: 'http://127.0.0.1:1/api' }),
    commands: [
      ...each(['doctor'], 1, /failure +contract/, network),
      ...each([sync, 'sweep'], 1, /network/, network),
    ],
    host: hears('job-finished', /network/, network),
  },
  {
    name: 'a service that never answers',
    settings: () => ({ CBB_API_TIMEOUT: '200' }),
    make: ({ faults }) => faults({ fault: { kind: 'hang' } }),
    commands: [
      ...each(['doctor'], 1, /failure +(contract|key)/, network),
      ...each([sync, 'sweep'], 1, /timeout/, network),
    ],
    host: hears('job-finished', /timeout/, network),
  },
  {
    name: 'a service that only fails',
    make: ({ faults }) => faults({ fault: { kind: 'server_error' } }),
    commands: each([sync, 'sweep'], 1, /unavailable/, network),
    host: hears('job-finished', /unavailable/, network),
  },
  {
    name: 'an address of the host without its path',
    settings: ({ origin }) => ({ CBB_API_URL: origin }),
    commands: each(['doctor', sync, 'sweep'], 1, /CBB_API_URL/),
    host: hears('job-finished', /invalid_request/, /CBB_API_URL/),
  },
  {
    name: 'a page of HTML where the service should be',
    make: ({ faults }) => faults({ fault: { kind: 'not_json' } }),
    commands: each([sync, 'sweep'], 1, /unexpected_body/, /check CBB_API_URL and CBB_API_CONTRACT/),
    host: hears('job-finished', /unexpected_body/, /check CBB_API_URL and CBB_API_CONTRACT/),
  },
  {
    name: 'a firewall before the service',
    make: ({ faults }) => faults({ fault: { kind: 'firewall_page' } }),
    commands: each([sync, 'sweep'], 1, /rejects the key|does not accept the key/, /[Cc]heck CBB_API_KEY/),
    host: hears('worker-halted', /rejects the key/, /check CBB_API_KEY/),
  },
  {
    name: 'a redirect to another host',
    make: ({ faults }) => faults({ fault: { kind: 'redirect' } }),
    commands: each([sync, 'sweep'], 1, /CBB_API_URL/),
    host: hears('job-finished', /unexpected_body/, /CBB_API_URL/),
  },
  {
    name: 'the contract of the plan where v1.1 is spoken',
    contract: 'v1.1',
    settings: () => ({ CBB_API_CONTRACT: 'plan' }),
    commands: [
      ...each(['doctor'], 1, /speaks v1\.1, but plan is configured/, /set CBB_API_CONTRACT=v1\.1/),
      ...each([sync], 1, /CBB_API_CONTRACT/),
    ],
    host: refused(/v1\.1\/1000001/, /CBB_API_CONTRACT/),
  },
  {
    name: 'v1.1 where the contract of the plan is spoken',
    settings: () => ({ CBB_API_CONTRACT: 'v1.1' }),
    commands: [
      ...each(['doctor'], 1, /speaks plan, but v1\.1 is configured/, /set CBB_API_CONTRACT=plan/),
      ...each([sync], 1, /CBB_API_CONTRACT/),
    ],
    host: hears('store_failed', /plan\/default, but CBB_API_CONTRACT is v1\.1/, /Check .*CBB_API_CONTRACT/),
  },
  {
    name: 'the key of another account',
    contract: 'v1.1',
    settings: () => ({ CBB_ACCOUNT_ID: '7' }),
    commands: [
      ...each(['doctor'], 1, /of account 1000001/, /change CBB_API_KEY or CBB_ACCOUNT_ID/),
      ...each([sync], 1, /CBB_ACCOUNT_ID|another account/),
    ],
    host: hears('store_failed', /v1\.1\/1000001, but CBB_ACCOUNT_ID is 7/, /Check .*CBB_ACCOUNT_ID/),
  },
];
