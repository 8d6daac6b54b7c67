import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readText, root } from '../repository/files.ts';
import { workspacePackages } from '../repository/packages.ts';

it('every project whose tests can use the client lets Prism judge its requests', () => {
  const client = '@visanet/cbb-client';
  const configurations = workspacePackages()
    .filter(({ manifest: { name, dependencies, devDependencies } }) =>
      [name, ...Object.keys({ ...dependencies, ...devDependencies })].includes(client),
    )
    .map(({ folder }) => `${folder}/vitest.config.ts`)
    .filter((path) => existsSync(join(root, path)));
  expect(configurations).toContain('packages/client/vitest.config.ts');
  expect(configurations.filter((path) => !readText(path).includes("'prism'"))).toEqual([]);
});
