import { defineConfig, type Options } from 'tsup';

/** One build for every package: ESM and CommonJS with types for each. */
export function library(overrides: Options = {}) {
  return defineConfig({
    entry: ['src/index.ts'],
    format: ['esm', 'cjs'],
    target: 'node22',
    dts: { compilerOptions: { allowImportingTsExtensions: true, noEmit: false, emitDeclarationOnly: true } },
    sourcemap: true,
    clean: true,
    splitting: false,
    ...overrides,
  });
}
