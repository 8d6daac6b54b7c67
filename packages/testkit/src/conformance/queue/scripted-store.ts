/** Due times as an order store keeps them, without anything else of it. */
export interface ScriptedStore {
  arm(orderId: string): void;
  begin(orderId: string): void;
  /** Null: the order is finished. */
  end(orderId: string, dueInMs: number | null): void;
  claim(limit: number): readonly string[];
}

/** A claimed order is handed out again after this long, so that a lost job comes back within a test. */
const visibilityMs = 30_000;

export function createScriptedStore(): ScriptedStore {
  const dueAt = new Map<string, number>();
  const running = new Map<string, { armed: boolean }>();

  return {
    arm(orderId) {
      const current = running.get(orderId);
      if (current === undefined) dueAt.set(orderId, performance.now());
      else current.armed = true;
    },
    begin(orderId) {
      running.set(orderId, { armed: false });
    },
    end(orderId, dueInMs) {
      const armed = running.get(orderId)?.armed === true;
      running.delete(orderId);
      if (armed) dueAt.set(orderId, performance.now());
      else if (dueInMs === null) dueAt.delete(orderId);
      else dueAt.set(orderId, performance.now() + dueInMs);
    },
    claim(limit) {
      const now = performance.now();
      const claimed = [...dueAt]
        .filter(([orderId, at]) => at <= now && !running.has(orderId))
        .sort(([, one], [, other]) => one - other)
        .slice(0, limit)
        .map(([orderId]) => orderId);
      for (const orderId of claimed) dueAt.set(orderId, now + visibilityMs);
      return claimed;
    },
  };
}
