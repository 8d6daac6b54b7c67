import assert from 'node:assert/strict';
import type {
  BeginAnswer,
  CompleteInput,
  KeyedOrder,
  LedgerWrite,
  OrderOutcome,
  PhoneIdentity,
  ReadableOrder,
  ReleaseInput,
  Snapshot,
} from '@visanet/cbb-sync';
import { must, ofKind } from './expect-result.ts';
import type { StoreSubject } from './store-suite.ts';
import type { SuiteOrder } from './suite-order.ts';

export const longMs = 60_000;
/** Long enough to be held through a few statements, short enough to be waited for. */
export const shortMs = 250;

export const phoneA = '447700900101';
export const phoneB = '447700900102';

export type Acquired = Extract<BeginAnswer<SuiteOrder>, { kind: 'acquired' }>;
type Snap = Snapshot<SuiteOrder>;

export function identity(phoneKey: string, bucket = 7): PhoneIdentity {
  return { phoneKey, tombstone: `tombstone-${phoneKey}`, bucket };
}

const versionsOf = ({ candidates }: Snap) => candidates.map(({ orderId, version }) => ({ orderId, version }));

export const idsOf = ({ candidates }: Snap) => candidates.map(({ orderId }) => orderId);

export function ledgerWrite(change: Partial<LedgerWrite> = {}): LedgerWrite {
  return {
    contact: 'exists',
    hashes: { name: 'hash-1' },
    appliedHashes: null,
    identity: { name: 'hash-n' },
    verified: true,
    unclean: false,
    ...change,
  };
}

export function synced(orderId: string, version: number, change: Partial<OrderOutcome> = {}): OrderOutcome {
  const contact = { contactId: phoneA, existed: false, hasWhatsApp: true };
  return { orderId, version, status: 'synced', reason: null, contact, ...change };
}

/** An order of the suite; the minute is its rank. */
export function suiteOrder(orderId: string, phoneKey: string, minute: number): SuiteOrder {
  return {
    order_id: orderId,
    client_phone: phoneKey,
    client_name: `Customer of ${orderId}`,
    webhook_received_at: new Date(Date.UTC(2025, 7, 20, 10, minute)).toISOString(),
  };
}

/** Skipped orders stay skipped. */
function outcomesOf({ candidates }: Snap): OrderOutcome[] {
  return candidates
    .filter(({ status }) => status !== 'skipped')
    .map(({ orderId, version }) => synced(orderId, version));
}

/** Short words for what the tests do to a store. */
export function createWorkbench(subject: StoreSubject) {
  const { store } = subject;

  async function load(orderId: string): Promise<ReadableOrder<SuiteOrder>> {
    const order = await loadAny(orderId);
    if (!order.readable) assert.fail(`${orderId} cannot be read: ${order.problems.join()}`);
    return order;
  }

  async function loadAny(orderId: string) {
    const answer = await must(store.load(orderId, 0));
    if (answer === null) assert.fail(`no order ${orderId}`);
    return answer.order;
  }

  async function begin(
    orderId: string,
    phoneKey: string,
    leaseMs = longMs,
    keys: readonly KeyedOrder[] = [],
  ) {
    const { version } = await loadAny(orderId);
    return must(store.begin({ orderId, version, phone: identity(phoneKey), leaseMs, keys }));
  }

  async function acquire(
    orderId: string,
    phoneKey: string,
    leaseMs = longMs,
    keys: readonly KeyedOrder[] = [],
  ) {
    return ofKind(await begin(orderId, phoneKey, leaseMs, keys), 'acquired');
  }

  function complete(
    phoneKey: string,
    held: { token: string; snapshot: Snap },
    change: Partial<CompleteInput> = {},
  ) {
    const { candidates } = held.snapshot;
    const [newest] = candidates;
    const own = candidates.find(({ status }) => status === 'syncing');
    return must(
      store.complete({
        phone: identity(phoneKey),
        token: held.token,
        orderId: own?.orderId ?? 'none',
        seen: versionsOf(held.snapshot),
        appliedOrderId: newest?.orderId ?? null,
        ledger: ledgerWrite(),
        orphaned: false,
        outcomes: outcomesOf(held.snapshot),
        ...change,
      }),
    );
  }

  return {
    ...subject,
    load,
    loadAny,
    begin,
    acquire,
    complete,

    /** Inserts an order; the minute is its rank. */
    order: (orderId: string, phoneKey: string, minute = 0) =>
      subject.insert(suiteOrder(orderId, phoneKey, minute)),

    /** As `order`, from before the sync. */
    history: (orderId: string, phoneKey: string, minute = 0) =>
      subject.insertHistory(suiteOrder(orderId, phoneKey, minute)),

    /** One whole sync of an order, without incident. */
    async sync(orderId: string, phoneKey: string): Promise<void> {
      ofKind(await complete(phoneKey, await acquire(orderId, phoneKey)), 'completed');
    },

    async release(
      phoneKey: string,
      token: string,
      own: Partial<ReleaseInput['own']> & { orderId: string },
      change: Partial<ReleaseInput> = {},
    ) {
      const { version } = await loadAny(own.orderId);
      const rest = {
        version,
        status: 'pending',
        dueInMs: 0,
        reason: null,
        countsAttempt: false,
        failing: false,
      } as const;
      const input = { phone: identity(phoneKey), token, ledger: ledgerWrite(), appliedOrderId: null };
      return must(store.release({ ...input, own: { ...rest, ...own }, ...change }));
    },

    async settle(
      orderId: string,
      status: 'skipped' | 'failed' | 'pending',
      phoneKey: string | 'unchanged' | null,
      reason = 'why',
    ) {
      const { version } = await loadAny(orderId);
      const phone = phoneKey === null || phoneKey === 'unchanged' ? phoneKey : { phoneKey, bucket: 7 };
      return must(store.settle({ orderId, version, phone, status, reason }));
    },

    /** What is due now; handed out again at once. */
    due(change: { leaseMs?: number; rolloutPercent?: number; limit?: number; visibilityMs?: number } = {}) {
      const all = { limit: 100, visibilityMs: 0, leaseMs: longMs, rolloutPercent: 100 };
      return must(store.claimDue({ ...all, ...change }));
    },

    peek: async (orderId: string, phoneKey: string) => must(store.peek(orderId, phoneKey)),
  };
}

export type Workbench = ReturnType<typeof createWorkbench>;
export type StoreTest = (name: string, body: (bench: Workbench) => Promise<void>) => void;
