import { describe, expect, it } from 'vitest';
import { stopReport } from '../../test/create-adapter.ts';
import type { JobVerdict } from '../port/job-verdict.ts';
import { endJob } from './end-job.ts';
import { createSyncJob } from './sync-job.ts';

const report = { ...stopReport('IL-1'), outcome: 'created', status: 'synced' } as const;
const later: JobVerdict = { kind: 'later', afterMs: 30_000 };

/** How the job ended, with what the queue was told; asks for a follow-up are noted too. */
async function ended(
  verdict: JobVerdict,
  followUp: () => Promise<boolean>,
  data: unknown = createSyncJob('IL-1'),
) {
  const asked: string[] = [];
  const how = await endJob<readonly unknown[]>(verdict, data, {
    complete: async (output) => ['complete', output],
    bury: async (reason) => ['bury', reason],
    retry: async (reason, afterMs) => ['retry', reason, afterMs],
    again: async (orderId, afterMs) => ['again', orderId, afterMs],
    takeFollowUp(orderId) {
      asked.push(orderId);
      return followUp();
    },
  });
  return { how, asked };
}

const none = async () => false;
const one = async () => true;

describe('endJob', () => {
  it.each<[JobVerdict, readonly unknown[]]>([
    [{ kind: 'done', report }, ['complete', { outcome: 'created', status: 'synced' }]],
    [{ kind: 'failed', reason: 'invalid_phone' }, ['bury', 'invalid_phone']],
    [{ kind: 'errored', error: 'store_unavailable', afterMs: 1_500 }, ['retry', 'store_unavailable', 1_500]],
    [later, ['again', 'IL-1', 30_000]],
    [{ kind: 'released', afterMs: 0 }, ['again', 'IL-1', 0]],
    [{ kind: 'halted', reason: 'key_rejected', afterMs: 5_000 }, ['again', 'IL-1', 5_000]],
  ])('says what becomes of a job after %o', async (verdict, expected) => {
    expect((await ended(verdict, none)).how).toEqual(expected);
  });

  it('tells the queue neither a phone nor an id of the report', async () => {
    const { how } = await ended({ kind: 'done', report: { ...report, phone: '447700***123' } }, none);
    expect(JSON.stringify(how)).not.toMatch(/447700|IL-1/);
  });

  it('lets an order that was enqueued during the run come now, after a run that set a time', async () => {
    expect(await ended(later, one)).toEqual({ how: ['again', 'IL-1', 0], asked: ['IL-1'] });
    const halted: JobVerdict = { kind: 'halted', reason: 'key_rejected', afterMs: 5_000 };
    expect(await ended(halted, one)).toEqual({ how: ['again', 'IL-1', 5_000], asked: [] });
  });

  it('keeps the time of the run where the queue cannot say whether there is a follow-up', async () => {
    const { how } = await ended(later, () => Promise.reject(new Error('down')));
    expect(how).toEqual(['again', 'IL-1', 30_000]);
  });

  it('buries a job whose order it cannot read, instead of running it again', async () => {
    const { how, asked } = await ended(later, one, { orderId: 'IL-1', v: 2 });
    expect(how).toEqual(['bury', 'unknown_version']);
    expect(asked).toEqual([]);
  });
});
