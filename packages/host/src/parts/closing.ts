/** What the composition opened itself: closed in the reverse order of its opening, each once. */
export interface Closing {
  add(close: () => Promise<void>): void;
  /** Never rejects: what cannot be closed is left, and the rest is closed all the same. */
  closeAll(): Promise<void>;
}

export function createClosing(): Closing {
  const opened: (() => Promise<void>)[] = [];
  return {
    add: (close) => void opened.unshift(close),
    async closeAll() {
      for (let close = opened.shift(); close !== undefined; close = opened.shift()) {
        await close().catch(() => undefined);
      }
    },
  };
}
