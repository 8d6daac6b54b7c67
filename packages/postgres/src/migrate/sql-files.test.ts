import { readdirSync, readFileSync } from 'node:fs';
import { viziMapping } from '@visanet/cbb-sync';
import { expect, it } from 'vitest';
import { renderMigrations } from './render-migrations.ts';

const folder = new URL('../../sql/', import.meta.url);

it('the SQL files of the package are those of the default configuration', () => {
  const stored = readdirSync(folder)
    .sort()
    .map((name) => ({ name, sql: readFileSync(new URL(name, folder), 'utf8') }));
  expect(stored).toEqual(renderMigrations({ mapping: viziMapping }));
});
