import { createSyncEngine } from '../../src/engine/create-sync-engine.ts';
import type { SyncEvent } from '../../src/engine/events.ts';
import type { SyncEngineOptions } from '../../src/engine/options.ts';
import type { SyncOptions, SyncReport } from '../../src/engine/sync-engine.ts';
import { createHasher } from '../../src/hash/field-hash.ts';
import { storeOver } from '../../src/memory-store/create-memory-store.ts';
import { emptyState } from '../../src/memory-store/state.ts';
import { normalizePhone } from '../../src/phone/normalize-phone.ts';
import type { OrderStore } from '../../src/ports/order-store.ts';
import { FakeService } from './fake-service.ts';
import { ManualClock } from './manual-clock.ts';
import { type Ticket, ticket, ticketMapping } from './ticket.ts';

const secret = 'a secret for tests only';

export type WorldOptions = Partial<Omit<SyncEngineOptions<Ticket>, 'store' | 'gateway'>> & {
  readonly wrap?: (store: OrderStore<Ticket>) => OrderStore<Ticket>;
};

/** An engine over the in-memory store, the fake service and a clock that stands still. */
export function createWorld({ wrap, ...options }: WorldOptions = {}) {
  const clock = new ManualClock();
  const state = emptyState(ticketMapping, clock);
  const table = storeOver(state);
  const service = new FakeService();
  const events: SyncEvent[] = [];
  const engine = createSyncEngine<Ticket>({
    store: wrap?.(table) ?? table,
    gateway: service,
    mapping: ticketMapping,
    clock,
    random: () => 1,
    hashSecret: secret,
    onEvent: (event) => events.push(event),
    ...options,
  });
  const leaseMs = options.leaseMs ?? 60_000;
  function row(orderId: string) {
    const found = table.get(orderId);
    if (found === undefined) throw new Error(`no order ${orderId}`);
    return found;
  }
  const sync = async (orderId: string, syncOptions?: SyncOptions): Promise<SyncReport> => {
    const result = await engine.sync(orderId, syncOptions);
    if (result.isErr()) throw new Error(`${result.error.kind}: ${result.error.message}`);
    return result.value;
  };
  return {
    clock,
    state,
    table,
    service,
    engine,
    events,
    sync,
    /** As a person asks for it, however long the order has to wait. */
    again: (orderId: string, syncOptions: SyncOptions = {}) => sync(orderId, { now: true, ...syncOptions }),
    /** A process that takes the lease of an order's phone, and ends without a word. */
    async crash(orderId: string): Promise<void> {
      const { version, phone } = { ...row(orderId), phone: normalizePhone(row(orderId).order?.phone) };
      const phoneKey = phone._unsafeUnwrap();
      const { tombstone, bucket } = createHasher({ secret });
      const identity = { phoneKey, tombstone: tombstone(phoneKey), bucket: bucket(phoneKey) };
      const begun = await table.begin({ orderId, version, phone: identity, keys: [], leaseMs });
      if (begun._unsafeUnwrap().kind !== 'acquired') throw new Error('the phone is held');
      clock.advance(leaseMs);
    },
    save: (changes: Partial<Ticket> & Pick<Ticket, 'id'>) => table.save(ticket(changes)),
    row,
    fields: (phone = '447700900123') => Object.fromEntries(service.contacts.get(phone)?.fields ?? []),
    operations: () => service.calls.map(({ operation }) => operation),
    /** Runs due orders until none is due now. */
    async work(): Promise<SyncReport[]> {
      const reports: SyncReport[] = [];
      for (;;) {
        const [orderId] = (await engine.claimDue(1)).unwrapOr([]);
        if (orderId === undefined) return reports;
        reports.push(await sync(orderId));
      }
    },
  };
}
