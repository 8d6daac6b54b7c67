import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { liveThrough } from '../test/mistakes/live-through.ts';
import { mistakes } from '../test/mistakes/table/index.ts';
import { asAdministrator, createTemplate, type Template } from '../test/mistakes/template.ts';

const templates = new Map<string, Template>();

beforeAll(async () => {
  for (const contract of ['plan', 'v1.1'] as const) templates.set(contract, await createTemplate(contract));
});
afterAll(async () => {
  for (const { database } of templates.values())
    await asAdministrator(`DROP DATABASE ${database} WITH (FORCE)`);
});

describe.each(Object.entries(mistakes))('a mistake in the %s', (_, listed) => {
  it.concurrent.each(listed.map((mistake) => [mistake.name, mistake] as const))(
    '%s',
    async (_, mistake) => {
      const template = templates.get(mistake.contract ?? 'plan');
      if (template === undefined) throw new Error('there is no template of this contract');
      await liveThrough(mistake, template);
    },
    120_000,
  );
});

it('each has a name of its own', () => {
  const names = Object.values(mistakes).flatMap((listed) => listed.map(({ name }) => name));
  expect(new Set(names).size).toBe(names.length);
});
