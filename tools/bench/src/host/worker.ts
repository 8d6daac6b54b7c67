import { type ComposedSync, composeSync } from './compose-sync.ts';
import type { WorkerCommand, WorkerNews, WorkerOrder } from './worker-messages.ts';

// A worker as a host runs it: one process that takes orders until it is told to stop, or until it is killed.
let running: ComposedSync | null = null;

function tell(news: WorkerNews): void {
  if (process.connected) process.send?.(news);
}

async function start({ settings, concurrency }: WorkerOrder): Promise<void> {
  running = await composeSync(settings, {
    onSyncEvent(event) {
      if (event.kind === 'key-rejected') tell({ kind: 'key_rejected' });
      if (event.kind === 'lease-lost') tell({ kind: 'lease_lost' });
    },
    onWorkerEvent(event) {
      if (event.kind !== 'worker-halted') return;
      process.stderr.write(`worker ${process.pid} stopped: ${event.reason}\n`);
      tell({ kind: 'halted', reason: event.reason });
      void stop();
    },
  });
  const { sweepIntervalMs } = settings.timing;
  const started = await running.queue.adapter.startWorker({ concurrency, sweepIntervalMs });
  if (started.isErr()) throw new Error(started.error.message);
  tell({ kind: 'ready' });
}

/** Whoever supervises the process starts another. */
function giveUp(error: unknown): void {
  process.stderr.write(
    `worker ${process.pid} could not start: ${error instanceof Error ? error.message : 'unknown'}\n`,
  );
  process.exit(1);
}

async function stop(): Promise<void> {
  const stopping = running;
  running = null;
  if (stopping === null) return;
  tell({ kind: 'stopped', how: await stopping.close() });
  process.disconnect();
}

process.on('message', async (command: WorkerCommand) => {
  if (command.kind === 'start') await start(command.order).catch(giveUp);
  else if (command.kind === 'stop') await stop();
  else {
    globalThis.gc?.();
    tell({ kind: 'heap', usedBytes: process.memoryUsage().heapUsed });
  }
});
process.on('disconnect', () => process.exit());
