import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BuiltPackage, buildPackage } from '../test/build-package.ts';

let built: BuiltPackage;
beforeAll(async () => {
  built = await buildPackage('sizes');
}, 60_000);
afterAll(() => built.remove());

/** In bytes: what a page loads for one import, with all that it needs, minified and gzipped. */
async function sizeOf(name: string): Promise<number> {
  const bundle = await build({
    stdin: {
      contents: `import { ${name} } from './index.js'; globalThis.used = ${name};`,
      resolveDir: built.folder,
    },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    logLevel: 'silent',
  });
  return gzipSync(bundle.outputFiles[0]?.contents ?? '', { level: 9 }).length;
}

it.each([
  ['createPlanClient', 25_000],
  ['createV11Client', 25_000],
  ['createCbbClient', 35_000],
  ['isCbbException', 3_000],
])('%s alone weighs at most %i bytes', async (name, most) => {
  const size = await sizeOf(name);
  expect(size).toBeGreaterThan(100);
  expect(size).toBeLessThanOrEqual(most);
});
