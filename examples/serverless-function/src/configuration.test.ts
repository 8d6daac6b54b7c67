import { expect, it } from 'vitest';
import { readConfiguration } from './configuration.ts';
import { createEntry } from './create-entry.ts';

const settings = {
  DATABASE_URL: 'postgresql://127.0.0.1/orders',
  CBB_API_KEY: 'key',
  VIZI_API_KEY: 'a-secret-of-the-webhook',
  CRON_SECRET: 'a-secret-of-the-schedule',
};

it('has a budget below the common limit of gateways', () => {
  expect(readConfiguration(settings).budgetMs).toBe(25_000);
  expect(readConfiguration({ ...settings, SYNC_BUDGET_MS: '55000' }).budgetMs).toBe(55_000);
});

it('names every wrong setting without its value', () => {
  const wrong = { VIZI_API_KEY: 'short', CBB_SYNC_CONCURRENCY: 'many', SYNC_BUDGET_MS: '1e4' };
  expect(() => readConfiguration({ ...settings, ...wrong, CRON_SECRET: '' })).toThrow(
    [
      'CBB_SYNC_CONCURRENCY must be a whole number from 1 to 1000',
      'CRON_SECRET must be set',
      'VIZI_API_KEY must have at least 16 characters',
      'SYNC_BUDGET_MS must be a number of milliseconds from 100',
    ].join('\n'),
  );
});

it('is read again by the next call where it was wrong', async () => {
  let opened = 0;
  const entry = createEntry(() => {
    opened += 1;
    return Promise.reject(new Error('CRON_SECRET must be set'));
  });
  await expect(entry.scheduled()).rejects.toThrow('CRON_SECRET must be set');
  await expect(entry.handler({ source: 'aws.events' })).rejects.toThrow('CRON_SECRET must be set');
  expect(opened).toBe(2);
});
