import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invoke } from '../test/invoke.ts';
import { type Ended, runProcess } from '../test/spawn.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cbb-config-'));
});
afterAll(() => rm(folder, { recursive: true }));

const ours = (name: string) => fileURLToPath(new URL(`../test/${name}`, import.meta.url));
/** In a process of its own: Node's words about a module are others than those of a test runner. */
const load = (file: string) => runProcess(['migrate', '--dry-run', `--config=${file}`]);
const migrate = (file: string) => invoke(['migrate', '--dry-run', `--config=${file}`]);

async function written(name: string, source: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, source);
  return file;
}

function judge({ code, stdout, stderr }: Ended, message: string): void {
  expect(stderr).toContain(message);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).not.toMatch(/hunter2|\n {4}at /);
}

describe('--config names what is wrong with the file', () => {
  it.concurrent.each([
    [
      'a syntax error',
      'syntax.mjs',
      'export default {\n  mapping: {,\n};\n',
      'syntax.mjs has a syntax error in line 2',
    ],
    [
      'one of CommonJS',
      'syntax.cjs',
      'module.exports = {\n  mapping: ,\n};\n',
      'syntax.cjs has a syntax error in line 2',
    ],
    [
      'a package that is not there',
      'import.mjs',
      'import "@visanet/no-such";\nexport default {};\n',
      'import.mjs imports @visanet/no-such, which is not there',
    ],
    [
      'a module that is not there',
      'local.mjs',
      'import "./no-such.mjs";\nexport default {};\n',
      'local.mjs imports no-such.mjs, which is not there',
    ],
    [
      'an error of its own',
      'throws.mjs',
      'const secret = 1;\nJSON.parse("{hunter2");\nexport default {};\n',
      'throws.mjs throws a SyntaxError while it is loaded, in line 2',
    ],
  ])(
    '%s',
    async (_, name, source, message) => {
      judge(await load(await written(name, source)), message);
    },
    120_000,
  );

  it.each([
    [
      'no default export',
      'named.mjs',
      'export const mapping = {};\n',
      'named.mjs has no default export; it needs: export default { mapping, store }',
    ],
    [
      'another default export',
      'text.mjs',
      'export default "hunter2";\n',
      '--config: the default export: Invalid input: expected object',
    ],
    ['unknown members', 'member.mjs', 'export default { tables: {} };\n', 'Unrecognized key: "tables"'],
    [
      'no mapping',
      'mapping.mjs',
      'export default { mapping: {} };\n',
      'mapping must be what defineMapping takes, or what it gives',
    ],
    [
      'parts of its own',
      'parts.mjs',
      'export default { store: { client: {} } };\n',
      'store must hold none of client, mapping, scope',
    ],
    ['an option that the store lacks', 'option.mjs', 'export default { store: { tabel: "x" } };\n', 'tabel'],
  ])('%s', async (_, name, source, message) => {
    judge(await migrate(await written(name, source)), message);
  });

  it('that is not there', async () => {
    const { code, stderr } = await migrate('./no-such-file.js');
    expect(code).toBe(2);
    expect(stderr).toContain('--config: there is no such file');
  });
});

describe('--config takes', () => {
  it('what createPostgresStore takes', async () => {
    const file = await written(
      'store.mjs',
      'export default { store: { table: "shop.sales", allowRowSecurity: true, startTimeoutMs: 9000 } };\n',
    );
    const { code, stdout } = await migrate(file);
    expect(code).toBe(0);
    expect(stdout).toContain('"shop"."sales"');
    const database = { DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/x' };
    const store = await invoke(['failures', `--config=${file}`], database);
    expect(store.code).toBe(1);
    const wrong = await written('security.mjs', 'export default { store: { allowRowSecurity: "yes" } };\n');
    const refused = await invoke(['failures', `--config=${wrong}`], database);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('allowRowSecurity: must be') });
  });

  it('a definition, and a mapping that is made of one', async () => {
    for (const name of ['host-file.ts', 'made-host-file.ts']) {
      const { code, stdout } = await migrate(ours(name));
      expect(code).toBe(0);
      expect(stdout).toContain('"buyer_phone"');
    }
  });
});
