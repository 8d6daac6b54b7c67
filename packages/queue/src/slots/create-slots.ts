export interface SlotSetup {
  /** Jobs that run at the same time at most. */
  readonly limit: number;
  /**
   * Opens a slot of the queue's library, which looks for one job at a time and hands each to `run`; gives the slot's id.
   * `run` answers with what the work does.
   */
  open(run: <R>(work: () => Promise<R>) => Promise<R>): Promise<string>;
  /** Lets the slot take no more; resolves when its job has ended. */
  close(slot: string): Promise<void>;
  /** Lets the slot look for a job now. */
  lookAgain(slot: string): void;
}

export interface Slots {
  start(): Promise<void>;
  /** Closes every slot; resolves when they have ended. */
  stop(): Promise<void>;
}

/**
 * A slot for each job that runs, and one that looks for the next: a job that hangs holds no other's slot, and an idle
 * worker of any concurrency asks its queue as little as a single slot does.
 */
export function createSlots({ limit, open, close, lookAgain }: SlotSetup): Slots {
  const slots = new Set<string>();
  const closing = new Map<string, Promise<void>>();
  let [opening, looking] = [0, 0];
  let stopped = false;

  async function openSlot(): Promise<void> {
    opening += 1;
    looking += 1;
    try {
      const opened = open(async (work) => {
        const slot = await opened;
        looking -= 1;
        fill();
        try {
          return await work();
        } finally {
          if (looking > 0) {
            endSlot(slot);
          } else {
            looking += 1;
            lookAgain(slot);
          }
        }
      });
      slots.add(await opened);
    } catch (cause) {
      looking -= 1;
      throw cause;
    } finally {
      opening -= 1;
    }
    if (stopped) for (const slot of slots) endSlot(slot);
  }

  /** Where the queue cannot open one, the next job that ends looks again. */
  function fill(): void {
    if (!stopped && looking === 0 && slots.size + opening < limit) void openSlot().catch(() => {});
  }

  function endSlot(slot: string): void {
    if (closing.has(slot)) return;
    const ended = () => {
      closing.delete(slot);
      slots.delete(slot);
      fill();
    };
    closing.set(slot, close(slot).then(ended, ended));
  }

  return {
    start: openSlot,
    async stop() {
      stopped = true;
      for (const slot of slots) endSlot(slot);
      await Promise.all(closing.values());
    },
  };
}
