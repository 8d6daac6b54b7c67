import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { viziMapping } from '@visanet/cbb-sync';
import { renderMigrations } from '../src/migrate/render-migrations.ts';

const folder = new URL('../sql/', import.meta.url);
const check = process.argv.includes('--check');

await mkdir(folder, { recursive: true });
for (const { name, sql } of renderMigrations({ mapping: viziMapping })) {
  const path = new URL(name, folder);
  if (!check) await writeFile(path, sql);
  else if ((await readFile(path, 'utf8')) !== sql) {
    process.stderr.write(`sql/${name} is stale: run pnpm generate.\n`);
    process.exitCode = 1;
  }
}
