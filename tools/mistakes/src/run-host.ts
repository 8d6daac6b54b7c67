import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { makeDue, makeMistake } from './environment.ts';
import { liveAsHost, type Told } from './host-life.ts';
import { expectNoSecret, expectNothingElseAtCbb, expectSyncedIsTrue } from './judge.ts';
import type { Environment, HostWord, Mistake } from './mistake.ts';
import { type OpenWorld, openWorld } from './open-world.ts';
import { runProcess } from './run-process.ts';
import type { Template } from './template.ts';

const limitMs = 60_000;

/** Makes the mistake, lives as a host through it, and looks at what it heard and at what stands at CBB. */
export async function runHost(mistake: Mistake, word: HostWord, template: Template): Promise<void> {
  const world = await openWorld(template);
  try {
    const { environment, module } = await makeMistake(mistake, world);
    await makeDue(world);
    const heard = await live(mistake, word, world, { environment, module });
    const lines = heard.map(({ text }) => text);
    const told = heard.filter((each) => fits(each, word));
    expect(told.length, `no ${word.kind} with ${word.says.join(' and ')} in\n${lines.join('\n')}`).not.toBe(
      0,
    );
    expectNoSecret(world, lines.join('\n'));
    expectNothingElseAtCbb(world);
    await expectSyncedIsTrue(world);
  } finally {
    await world.close();
  }
}

const fits = ({ kind, text }: Told, word: HostWord) =>
  [word.kind].flat().includes(kind) && word.says.every((part) => part.test(text));

interface Made {
  readonly environment: Environment;
  readonly module: string | null;
}

async function live(
  { clockAheadMs = 0 }: Mistake,
  word: HostWord,
  { orderId, prefix }: OpenWorld,
  { environment, module }: Made,
): Promise<readonly Told[]> {
  const { queue = 'function', options = {} } = word;
  if (clockAheadMs !== 0) {
    const says = word.says.map(({ source }) => source).join('\n');
    const argv = [orderId, [word.kind].flat().join(), queue, prefix, says];
    return liveElsewhere(argv, environment, clockAheadMs);
  }
  const queueOptions = queue === 'bullmq' ? { prefix } : {};
  return liveAsHost({
    environment,
    orderId,
    module,
    options: { queue, queueOptions, ...options },
    enough: (told) => fits(told, word),
  });
}

const hostProcess = fileURLToPath(new URL('host-process.ts', import.meta.url));

async function liveElsewhere(
  argv: readonly string[],
  environment: Environment,
  clockAheadMs: number,
): Promise<readonly Told[]> {
  const signal = AbortSignal.timeout(limitMs);
  const { output } = await runProcess(hostProcess, argv, {
    environment,
    clockAheadMs,
    signal,
  });
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
