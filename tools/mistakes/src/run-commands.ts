import { fileURLToPath } from 'node:url';
import { runCli } from '@visanet/cbb-cli';
import { expect } from 'vitest';
import { makeDue, makeMistake, rightEnvironment } from './environment.ts';
import { expectNoSecret, expectNothingElseAtCbb, expectSyncedIsTrue } from './judge.ts';
import type { CommandLine, Environment, Mistake } from './mistake.ts';
import { type OpenWorld, openWorld } from './open-world.ts';
import { type Ended, runProcess } from './run-process.ts';
import type { Template } from './template.ts';

const limitMs = 60_000;

/** Makes the mistake, runs the commands, and looks at what they said and at what stands at CBB. */
export async function runCommands(
  mistake: Mistake,
  commands: readonly CommandLine[],
  template: Template,
): Promise<void> {
  const world = await openWorld(template);
  try {
    const { environment, module } = await makeMistake(mistake, world);
    for (const command of commands) {
      const { line, code, says, asBefore = false } = command;
      if (/^(sync-order|sweep|worker)/.test(line)) await makeDue(world);
      const argv = argvOf(line, world, asBefore ? null : module);
      const settings = asBefore ? rightEnvironment(world) : environment;
      const ended = await run(argv, settings, {
        clockAheadMs: asBefore ? 0 : (mistake.clockAheadMs ?? 0),
        enough: (output) => command.untilSaid === true && says.every((part) => part.test(output)),
      });
      for (const part of says) expect(ended.output, `cbb ${line}`).toMatch(part);
      expect({ line, ...ended }).toMatchObject({ line, code });
      expectNoSecret(world, ended.output);
      expectNothingElseAtCbb(world);
      await expectSyncedIsTrue(world);
    }
  } finally {
    await world.close();
  }
}

function argvOf(line: string, { orderId, folder, prefix }: OpenWorld, module: string | null): string[] {
  const words = line.replace('{order}', orderId).replace('{folder}', folder).split(' ');
  if (line.includes('--queue=bullmq')) words.push(`--queue-prefix=${prefix}`);
  if (module !== null) words.push(`--config=${module}`);
  return words;
}

const bin = fileURLToPath(new URL('../../../packages/cli/src/bin.ts', import.meta.url));

interface Run {
  readonly clockAheadMs: number;
  /** Whether a command that goes on has said all that is waited for. */
  readonly enough: (output: string) => boolean;
}

function run(
  argv: readonly string[],
  environment: Environment,
  { clockAheadMs, enough }: Run,
): Promise<Ended> {
  if (clockAheadMs === 0) return runHere(argv, environment, enough);
  return runProcess(bin, argv, { environment, clockAheadMs, signal: AbortSignal.timeout(limitMs) });
}

/** A process for each would take its time to start: the command runs in this one. */
async function runHere(
  argv: readonly string[],
  environment: Environment,
  enough: (output: string) => boolean,
): Promise<Ended> {
  let output = '';
  const stopping = new AbortController();
  const write = (text: string) => {
    output += text;
    if (enough(output)) stopping.abort();
  };
  const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(limitMs)]);
  const io = { stdout: write, stderr: write, isTerminal: false, signal };
  return { code: await runCli(argv, environment, io), output };
}
