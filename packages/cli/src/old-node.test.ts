import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

it.each(['20.20.2', '22.11.0', '12.9.0'])('is refused in one line: Node %s', (version) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [`--require=${pathOf('../test/old-node.cjs')}`, pathOf('../bin/cbb.cjs'), 'doctor'],
    { encoding: 'utf8', env: { PRETENDED_NODE: version } },
  );
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(
    new RegExp(`^cbb: Node 22\\.12 or later is needed, and this is ${version}: install [^\\n]+\\n$`),
  );
});
