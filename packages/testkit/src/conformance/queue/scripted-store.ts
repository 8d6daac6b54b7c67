import type { DuePage } from '@visanet/cbb-sync';

/** Due times as an order store keeps them, without anything else of it. */
export interface ScriptedStore {
  arm(orderId: string): void;
  begin(orderId: string): void;
  /** Null: the order is finished. */
  end(orderId: string, dueInMs: number | null): void;
  claim(limit: number): readonly string[];
  list(after: string | null, limit: number): DuePage;
  /** How long an order that waits after a failure or a pause must still wait. */
  restMs(orderId: string): number;
}

/** A claimed order is handed out again after this long, so that a lost job comes back within a test. */
export const claimVisibilityMs = 30_000;

export function createScriptedStore(): ScriptedStore {
  const dueAt = new Map<string, number>();
  const running = new Map<string, { armed: boolean }>();
  /** Their due time was set by an answer, not by a claim. */
  const waiting = new Set<string>();

  return {
    arm(orderId) {
      waiting.delete(orderId);
      const current = running.get(orderId);
      if (current === undefined) dueAt.set(orderId, performance.now());
      else current.armed = true;
    },
    begin(orderId) {
      waiting.delete(orderId);
      running.set(orderId, { armed: false });
    },
    end(orderId, dueInMs) {
      const armed = running.get(orderId)?.armed === true;
      running.delete(orderId);
      if (armed) dueAt.set(orderId, performance.now());
      else if (dueInMs === null) dueAt.delete(orderId);
      else {
        dueAt.set(orderId, performance.now() + dueInMs);
        waiting.add(orderId);
      }
    },
    claim(limit) {
      const now = performance.now();
      const claimed = [...dueAt]
        .filter(([orderId, at]) => at <= now && !running.has(orderId))
        .sort(([, one], [, other]) => one - other)
        .slice(0, limit)
        .map(([orderId]) => orderId);
      for (const orderId of claimed) {
        waiting.delete(orderId);
        dueAt.set(orderId, now + claimVisibilityMs);
      }
      return claimed;
    },
    list(after, limit) {
      const now = performance.now();
      const orderIds = [...dueAt]
        .filter(([orderId, at]) => at <= now && !running.has(orderId) && (after === null || orderId > after))
        .map(([orderId]) => orderId)
        .sort()
        .slice(0, limit);
      return { orderIds, next: orderIds.length < limit ? null : (orderIds.at(-1) ?? null) };
    },
    restMs: (orderId) =>
      waiting.has(orderId) ? Math.max(0, (dueAt.get(orderId) ?? 0) - performance.now()) : 0,
  };
}
