import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../bench/trace/random.ts';
import { prepareWorker, type WorkerProcess } from '../host/start-worker.ts';
import type { WorkerNews, WorkerOrder } from '../host/worker-messages.ts';

/** A fixed number of workers; who dies is replaced. */
export interface WorkerCrew {
  readonly kills: number;
  readonly freezes: number;
  /** Workers that ended without being told to. */
  readonly losses: number;
  /** Everything that all workers told so far. */
  news(): readonly WorkerNews[];
  /** Kills one and starts another in its place. */
  killOne(): Promise<void>;
  /** Lets one sleep for so long. */
  freezeOne(forMs: number): Promise<void>;
  /** How those ended that ended by themselves within the time. */
  exitCodes(withinMs: number): Promise<readonly (number | null)[]>;
  /** Asks all to stop and waits for their end. */
  stop(): Promise<void>;
  /** For the end of a run that failed. */
  killAll(): Promise<void>;
}

const restartDelayMs = 300;
/** How long a busy machine may take to start a worker. */
const patienceMs = 30_000;

export async function startCrew(size: number, order: WorkerOrder, random: Random): Promise<WorkerCrew> {
  const everyone: WorkerProcess[] = [];
  const frozen = new Set<WorkerProcess>();
  /** From the moment it was chosen: it may run on for a while. */
  const killed = new Set<WorkerProcess>();
  let freezes = 0;

  // Loaded ahead, so that who dies is replaced at once, also on a busy machine.
  let standby = prepareWorker();

  /** As a supervisor does: a worker that cannot start, because the database is away, is started again. */
  async function hire(): Promise<void> {
    for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await delay(restartDelayMs)) {
      const next = standby;
      standby = prepareWorker();
      const worker = await next.start(order);
      if (!worker.news.some(({ kind }) => kind === 'ready')) continue;
      everyone.push(worker);
      return;
    }
    throw new Error('A worker could not be started.');
  }

  async function victim(): Promise<WorkerProcess> {
    const deadline = Date.now() + patienceMs;
    while (Date.now() < deadline) {
      const unharmed = everyone.filter(
        (worker) => worker.isRunning() && !frozen.has(worker) && !killed.has(worker),
      );
      const chosen = unharmed[random.integer(0, Math.max(0, unharmed.length - 1))];
      if (chosen !== undefined) return chosen;
      await delay(50);
    }
    throw new Error('No worker runs: they have ended by themselves.');
  }

  await Promise.all(Array.from({ length: size }, hire));
  return {
    get kills() {
      return killed.size;
    },
    get freezes() {
      return freezes;
    },
    get losses() {
      return everyone.filter((worker) => !worker.isRunning() && !killed.has(worker)).length;
    },
    news: () => everyone.flatMap((worker) => worker.news),
    async killOne() {
      const worker = await victim();
      killed.add(worker);
      await worker.kill();
      await delay(restartDelayMs);
      await hire();
    },
    async freezeOne(forMs) {
      const worker = await victim();
      freezes += 1;
      frozen.add(worker);
      worker.freeze();
      await delay(forMs);
      worker.thaw();
      frozen.delete(worker);
    },
    async exitCodes(withinMs) {
      const codes: (number | null)[] = [];
      const all = everyone.map((worker) => worker.exited.then((code) => void codes.push(code)));
      await Promise.race([Promise.all(all), delay(withinMs)]);
      return codes;
    },
    async stop() {
      await Promise.all(everyone.map((worker) => worker.stop()));
    },
    async killAll() {
      standby.kill();
      await Promise.all(everyone.filter((worker) => worker.isRunning()).map((worker) => worker.kill()));
    },
  };
}
