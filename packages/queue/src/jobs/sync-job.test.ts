import { describe, expect, it } from 'vitest';
import { createSyncJob, isOrderId, parseSyncJob } from './sync-job.ts';

describe('parseSyncJob', () => {
  it('reads what createSyncJob wrote', () => {
    const stored: unknown = JSON.parse(JSON.stringify(createSyncJob('IL-1')));
    expect(parseSyncJob(stored)).toEqual({ kind: 'job', orderId: 'IL-1' });
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a string', 'IL-1'],
    ['no version', { orderId: 'IL-1' }],
    ['no order id', { v: 1 }],
    ['a number as order id', { v: 1, orderId: 7 }],
    ['an empty order id', { v: 1, orderId: '' }],
    ['a key of somebody else', { v: 1, orderId: 'IL-1', phone: '+447700900123' }],
  ])('refuses %s', (_name, data) => {
    expect(parseSyncJob(data)).toEqual({ kind: 'rejected', reason: 'unreadable_data' });
  });

  it('tells a version that it does not know', () => {
    expect(parseSyncJob({ orderId: 'IL-1', v: 2 })).toEqual({ kind: 'rejected', reason: 'unknown_version' });
  });
});

describe('isOrderId', () => {
  it.each(['1', 'IL-250819-GB1', '../x', 'заказ', 'x'.repeat(255)])('accepts %s', (orderId) => {
    expect(isOrderId(orderId)).toBe(true);
  });

  it.each(['', 'x'.repeat(256), 'a\nb', 'a\u0000', '\uD800', 7, null])('refuses %j', (orderId) => {
    expect(isOrderId(orderId)).toBe(false);
  });
});
