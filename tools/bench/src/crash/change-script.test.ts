import { describe, expect, it } from 'vitest';
import { createChangeScript, fewestSpellings, ordersNeeded } from './change-script.ts';

const options = { seed: 7, orders: 400, phones: 120 };
const script = createChangeScript(options);

/** The rows as the host's table holds them at the end. */
function tableOf({ changes }: typeof script) {
  const rows = new Map<string, (typeof changes)[number]['order']>();
  for (const { kind, order } of changes) {
    if (kind === 'update' || !rows.has(order.order_id)) rows.set(order.order_id, order);
  }
  return [...rows.values()];
}

describe('createChangeScript', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(createChangeScript(options)).toEqual(script);
    expect(createChangeScript({ ...options, seed: 8 })).not.toEqual(script);
  });

  it('gives every phone three orders or more, in three spellings or more', () => {
    expect(tableOf(script)).toHaveLength(options.orders);
    expect(new Set(script.meaning.values()).size).toBe(options.phones);
    expect(fewestSpellings(script)).toBeGreaterThanOrEqual(3);
    expect(createChangeScript({ ...options, orders: ordersNeeded(120) })).toBeDefined();
  });

  it('keeps an eligible order on each phone, so that the contacts at the end do not depend on time', () => {
    const kept = tableOf(script).filter(
      ({ order_id, whatsapp_alerts_enabled }) => whatsapp_alerts_enabled && !order_id.endsWith('-TEST'),
    );
    const phones = new Set(kept.map(({ client_phone }) => script.meaning.get(client_phone)));
    phones.delete(undefined);
    expect(phones.size).toBe(options.phones);
  });

  it('never makes an eligible order ineligible but by its phone', () => {
    const before = new Map<string, boolean>();
    for (const { order } of script.changes) {
      expect(before.get(order.order_id) === true && !order.whatsapp_alerts_enabled).toBe(false);
      before.set(order.order_id, order.whatsapp_alerts_enabled);
    }
  });

  it('edits fields and phones, delivers again, and leaves some orders to the sweep', () => {
    const seen = new Map<string, (typeof script.changes)[number]['order']>();
    let [edits, moves, redeliveries] = [0, 0, 0];
    for (const { kind, order } of script.changes) {
      const known = seen.get(order.order_id);
      if (kind === 'insert' && known !== undefined) redeliveries += 1;
      if (kind === 'update') {
        if (known?.client_phone === order.client_phone) edits += 1;
        else moves += 1;
      }
      seen.set(order.order_id, order);
    }
    expect(edits).toBeGreaterThan(50);
    expect(moves).toBeGreaterThan(10);
    expect(redeliveries).toBeGreaterThan(20);
    expect(script.changes.filter(({ enqueue }) => !enqueue).length).toBeGreaterThan(20);
  });

  it('writes phones that fit the column', () => {
    expect(script.changes.filter(({ order }) => order.client_phone.length > 20)).toEqual([]);
  });
});
