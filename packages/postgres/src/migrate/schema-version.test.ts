import { createHash } from 'node:crypto';
import { viziMapping } from '@visanet/cbb-sync';
import { expect, it } from 'vitest';
import { renderMigrations } from './render-migrations.ts';
import { schemaVersion } from './schema-version.ts';

/** The schema of each version. Changed it? Raise `schemaVersion`, and add the new one here. */
const known: Readonly<Record<number, string>> = { 1: '7ac1ed2882baa99a' };

it('no schema changes without a new version', () => {
  const sql = (['inline', 'beside'] as const).flatMap((state) =>
    renderMigrations({ mapping: viziMapping, state }).map((file) => file.sql),
  );
  expect(createHash('sha256').update(sql.join('\n')).digest('hex').slice(0, 16)).toBe(known[schemaVersion]);
});
