import { describe, expect, it } from 'vitest';
import { breachesOf, findCycle, layers } from './layers.ts';
import { handWrittenFiles, isTestCode, readText } from './repository/files.ts';
import { publishedPackages, workspacePackages } from './repository/packages.ts';

describe('layers', () => {
  it('lists every published package', () => {
    const folders = publishedPackages().map(({ folder }) => folder.replace('packages/', ''));
    expect(folders.filter((folder) => !(folder in layers))).toEqual([]);
  });

  it('holds in every published source file', () => {
    const files = handWrittenFiles(['packages/*/src/**/*.ts']).filter((path) => !isTestCode(path));
    expect(files.length).toBeGreaterThan(0);
    expect(files.flatMap((path) => breachesOf(path, readText(path)))).toEqual([]);
  });

  it('holds in the run-time dependencies that are published', () => {
    const breaches = publishedPackages().flatMap(({ folder, manifest }) => {
      const allowed = layers[folder.replace('packages/', '')] ?? [];
      const needed = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
      return needed
        .filter(
          (name) => name.startsWith('@visanet/') && !allowed.includes(name.replace('@visanet/cbb-', '')),
        )
        .map((name) => `${folder} depends on ${name}`);
    });
    expect(breaches).toEqual([]);
  });

  it('keeps the test kit out of the tests of sync and queue', () => {
    const files = handWrittenFiles(['packages/{sync,queue}/src/**/*.ts']);
    expect(files.filter((path) => readText(path).includes("'@visanet/cbb-testkit"))).toEqual([]);
  });

  it('has no cycle between packages, development dependencies included', () => {
    const graph = new Map(
      workspacePackages().map(({ manifest }) => [
        manifest.name,
        Object.keys({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.peerDependencies }),
      ]),
    );
    expect(findCycle(graph)).toBeUndefined();
  });
});

describe('breachesOf', () => {
  it.each([
    ['packages/client/src/a.ts', `import { x } from '@visanet/cbb-sync';`],
    ['packages/client/src/a.ts', `import type { Server } from 'node:http';`],
    ['packages/sync/src/a.ts', `export * from '@visanet/cbb-testkit/msw';`],
    ['packages/host/src/a.ts', `import { must } from '@visanet/test-support';`],
    ['packages/sync/src/a.ts', `const fs = await import('fs');`],
    ['packages/bullmq/src/a.ts', `import { x } from '@visanet/cbb-postgres';`],
    ['packages/bullmq/src/a.ts', `import { x } from '../../sync/src/index.ts';`],
  ])('reports %s with %s', (path, source) => {
    expect(breachesOf(path, source)).toHaveLength(1);
  });

  it('accepts what the table allows', () => {
    const source = `import { createServer } from 'node:http';\nimport { x } from '@visanet/cbb-sync';\nimport './b.ts';`;
    expect(breachesOf('packages/testkit/src/a.ts', source)).toEqual([]);
  });
});

describe('findCycle', () => {
  it('names the packages along a cycle', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['b']],
    ]);
    expect(findCycle(graph)).toEqual(['b', 'c', 'b']);
  });
});
