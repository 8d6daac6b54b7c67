import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Environment } from './mistake.ts';

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

interface ProcessOptions {
  readonly environment: Environment;
  /** What the clock of its machine is wrong by. */
  readonly clockAheadMs: number;
  readonly signal: AbortSignal;
}

/** Each process loads the same files: compiled once, they start in half the time. */
const compiled = join(tmpdir(), 'cbb-mistakes-compiled');
const shiftClock = fileURLToPath(new URL('shift-clock.cjs', import.meta.url));

/** Runs a program to its end, on a machine of its own as far as it can tell. */
export function runProcess(
  script: string,
  argv: readonly string[],
  { environment, clockAheadMs, signal }: ProcessOptions,
): Promise<Ended> {
  const flags = ['--conditions=@visanet/source', `--require=${shiftClock}`];
  const child = spawn(process.execPath, [...flags, script, ...argv], {
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: compiled,
      CLOCK_AHEAD_MS: String(clockAheadMs),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  let output = '';
  const note = (data: unknown) => {
    output += String(data);
  };
  child.stdout.on('data', note);
  child.stderr.on('data', note);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
