import { parseViziWebhook, storableViziOrder, type ViziOrder, type ViziV11Order } from '@visanet/cbb-sync';
import { expect, expectTypeOf, it } from 'vitest';
import { buildOrder, type OrderRow } from './build-order.ts';
import { buildViziWebhook } from './build-vizi-webhook.ts';

const seeds = Array.from({ length: 40_000 }, (_, seed) => seed);

it('gives the same order for the same seed and others for other seeds', () => {
  expect(buildOrder({}, { seed: 7 })).toEqual(buildOrder({}, { seed: 7 }));
  expect(buildOrder()).toEqual(buildOrder({}, { seed: 1 }));
  const orders = seeds.map((seed) => buildOrder({}, { seed }));
  expect(new Set(orders.map((order) => order.order_id)).size).toBe(seeds.length);
  expect(new Set(orders.map((order) => order.client_phone)).size).toBe(seeds.length);
});

it('invents phones in ranges without subscribers, and names in several scripts', () => {
  const orders = seeds.slice(0, 200).map((seed) => buildOrder({}, { seed }));
  for (const order of orders) expect(order.client_phone).toMatch(/^(9725000\d{5}|7900000\d{4})$/);
  for (const script of [
    /\p{Script=Hebrew}/u,
    /\p{Script=Cyrillic}/u,
    /\p{Script=Arabic}/u,
    /\p{Script=Han}/u,
    /\p{Script=Latin}/u,
  ]) {
    expect(orders.some((order) => script.test(order.client_name))).toBe(true);
  }
});

it('has orders with and without a date of entry, later ones ranked higher', () => {
  const orders = seeds.slice(0, 50).map((seed) => buildOrder({}, { seed }));
  expect(orders.some((order) => order.entry_date === null)).toBe(true);
  expect(orders.some((order) => /^\d{4}-\d{2}-\d{2}$/.test(order.entry_date ?? ''))).toBe(true);
  const received = orders.map((order) => order.webhook_received_at);
  expect(received).toEqual([...received].sort());
  for (const order of orders) expect(order.amount).toMatch(/^\d+\.\d{2}$/);
});

it('takes overrides', () => {
  expect(buildOrder({ client_phone: '447700900123', entry_date: null })).toMatchObject({
    client_phone: '447700900123',
    entry_date: null,
  });
});

it('builds the webhook of the same order', () => {
  const order = buildOrder({}, { seed: 11 });
  const { form, order: sent } = buildViziWebhook({}, { seed: 11 });
  expect(sent).toMatchObject({ id: order.order_id, branch: order.branch, currency: order.currency });
  expect(sent.amount.toFixed(2)).toBe(order.amount);
  expect(form.client).toMatchObject({ name: order.client_name, email: order.client_email });
  expect(form.entry?.date ?? null).toBe(order.entry_date);
  expect(form.applicants).toHaveLength(order.visa_quantity);
});

it('builds the row that a host stores of that webhook', () => {
  for (const seed of seeds.slice(0, 50)) {
    const row = buildOrder({}, { seed });
    const parsed = parseViziWebhook(buildViziWebhook({}, { seed }), row.webhook_received_at);
    const stored = storableViziOrder(parsed._unsafeUnwrap());
    expect({ ...row, amount: Number(row.amount) }).toEqual(stored);
  }
});

it('fits the orders of both mappings', () => {
  expectTypeOf<OrderRow>().toExtend<ViziOrder>();
  expectTypeOf<OrderRow>().toExtend<ViziV11Order>();
});

it('overrides single members of form, client and order', () => {
  const webhook = buildViziWebhook({
    form: { urgency: 'next_day', client: { phone: '+972-53-000-0114' } },
    order: { status: 'completed' },
  });
  const plain = buildViziWebhook();
  expect(webhook.form.client).toEqual({ ...plain.form.client, phone: '+972-53-000-0114' });
  expect(webhook.form).toMatchObject({ id: plain.form.id, urgency: 'next_day' });
  expect(webhook.order).toEqual({ ...plain.order, status: 'completed' });
});

it('refuses a seed that is no whole number', () => {
  expect(() => buildOrder({}, { seed: 1.5 })).toThrow(TypeError);
  expect(() => buildViziWebhook({}, { seed: -1 })).toThrow(TypeError);
});
