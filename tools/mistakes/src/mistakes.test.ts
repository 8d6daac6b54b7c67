import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { asAdministrator } from '@visanet/test-support';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Mistake } from './mistake.ts';
import { runCommands } from './run-commands.ts';
import { runHost } from './run-host.ts';
import { mistakes } from './table/index.ts';
import { createTemplate, type Template } from './template.ts';

const contracts = ['plan', 'v1.1'] as const;
const templates = new Map<string, Template>();

beforeAll(async () => {
  for (const contract of contracts) templates.set(contract, await createTemplate(contract));
});
afterAll(async () => {
  for (const { database } of templates.values())
    await asAdministrator(`DROP DATABASE ${database} WITH (FORCE)`);
});

function templateOf({ contract = 'plan' }: Mistake): Template {
  const template = templates.get(contract);
  if (template === undefined) throw new Error('there is no template of this contract');
  return template;
}

/** Where it is tried instead, if it is. */
function expectSeen(seenBy: string | undefined): void {
  if (seenBy === undefined) return;
  const path = fileURLToPath(new URL(`../../../${seenBy}`, import.meta.url));
  expect(existsSync(path), seenBy).toBe(true);
}

const named = (listed: readonly Mistake[]) => listed.map((mistake) => [mistake.name, mistake] as const);
const limitMs = 120_000;

describe.concurrent.each(Object.entries(mistakes))('a mistake in the %s', (_, listed) => {
  it.concurrent.each(named(listed))(
    '%s, by the command line',
    async (_, mistake) => {
      const { commands } = mistake;
      if ('reason' in commands) expectSeen(commands.seenBy);
      else await runCommands(mistake, commands, templateOf(mistake));
    },
    limitMs,
  );

  it.concurrent.each(named(listed))(
    '%s, by the wiring of a host',
    async (_, mistake) => {
      const { host } = mistake;
      if ('reason' in host) expectSeen(host.seenBy);
      else await runHost(mistake, host, templateOf(mistake));
    },
    limitMs,
  );
});

it('each has a name of its own', () => {
  const names = Object.values(mistakes).flatMap((listed) => listed.map(({ name }) => name));
  expect(new Set(names).size).toBe(names.length);
});
