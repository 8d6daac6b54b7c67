import { fork } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WorkerCommand, WorkerNews, WorkerOrder } from './worker-messages.ts';

/** A worker in a process of its own, and what can be done to it. */
export interface WorkerProcess {
  /** What it told so far. */
  readonly news: readonly WorkerNews[];
  readonly isRunning: () => boolean;
  /** SIGKILL: it gets no chance to finish anything. */
  kill(): Promise<void>;
  /** SIGSTOP and SIGCONT: it sleeps in the middle of whatever it does, and knows nothing of it. */
  freeze(): void;
  thaw(): void;
  /** Lets running jobs end, then ends the process. */
  stop(): Promise<void>;
  /** Resolves with the process's exit code, null after a signal. */
  readonly exited: Promise<number | null>;
  heapAfterCollection(): Promise<number>;
}

/** A process with everything loaded, which takes no orders before it is started. */
export interface StandbyWorker {
  /** Resolves when it takes orders, or has ended instead. */
  start(order: WorkerOrder): Promise<WorkerProcess>;
  kill(): void;
}

/** Many processes load the same files: compiled once, they start in half the time. */
const environment = { NODE_COMPILE_CACHE: join(tmpdir(), 'cbb-bench-compiled'), ...process.env };

export function prepareWorker(): StandbyWorker {
  const child = fork(fileURLToPath(new URL('worker.ts', import.meta.url)), {
    execArgv: ['--conditions=@visanet/source', '--expose-gc'],
    env: environment,
  });
  const killWithUs = () => child.kill('SIGKILL');
  process.once('exit', killWithUs);
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      process.off('exit', killWithUs);
      resolve(code);
    });
  });
  const news: WorkerNews[] = [];
  child.on('message', (message: WorkerNews) => void news.push(message));

  function send(command: WorkerCommand): void {
    if (child.connected) child.send(command);
  }

  function told(kind: WorkerNews['kind']): Promise<void> {
    return new Promise((resolve) => {
      const look = (message: WorkerNews) => {
        if (message.kind !== kind) return;
        child.off('message', look);
        resolve();
      };
      child.on('message', look);
    });
  }

  const worker: WorkerProcess = {
    news,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    exited,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    async stop() {
      send({ kind: 'stop' });
      await exited;
    },
    async heapAfterCollection() {
      const answered = told('heap');
      send({ kind: 'measure_heap' });
      await Promise.race([answered, exited]);
      const heaps = news.flatMap((entry) => (entry.kind === 'heap' ? [entry.usedBytes] : []));
      return heaps.at(-1) ?? 0;
    },
  };
  return {
    async start(order) {
      const ready = told('ready');
      send({ kind: 'start', order });
      await Promise.race([ready, exited]);
      return worker;
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
