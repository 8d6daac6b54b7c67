import { defineConfig } from 'vitest/config';

// Tests and type checks read the sources of sibling packages: no build is needed to run them.
const conditions = ['@visanet/source', 'node', 'import', 'module', 'default'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    projects: ['packages/*', 'examples/*/vitest.config.ts'],
    coverage: {
      provider: 'v8',
      include: ['packages/client/src/**/*.ts', 'packages/sync/src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.test-d.ts', '**/generated/**', '**/index.ts'],
      reporter: ['text', 'json-summary'],
      thresholds: {
        'packages/client/src/**': { branches: 95 },
        'packages/sync/src/**': { branches: 95 },
      },
    },
  },
});
