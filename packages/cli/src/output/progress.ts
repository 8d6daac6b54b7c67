import type { CliIo } from '../io.ts';

export interface Progress {
  update(done: number): void;
  /** Removes the line. */
  end(): void;
}

const width = 24;

function bar(done: number, total: number): string {
  const filled = Math.min(width, Math.round((done / total) * width));
  return `[${'#'.repeat(filled)}${'.'.repeat(width - filled)}] ${done} of ${total}`;
}

/** One line on stderr that is written over and over; nothing where nobody watches. */
export function createProgress(io: CliIo, label: string, total: number | null = null): Progress {
  if (!io.isTerminal) return { update() {}, end() {} };
  const show = (text: string) => io.stderr(`\r\u001b[2K${text}`);
  return {
    update: (done) => show(`${label} ${total === null || total === 0 ? done : bar(done, total)}`),
    end: () => show(''),
  };
}
