import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Most tests wait for a server most of the time.
    maxWorkers: Math.max(5, availableParallelism()),
    projects: ['{packages,examples,tools}/*/vitest.config.ts', 'tools/vitest.config.ts'],
    coverage: {
      provider: 'v8',
      // Relative to this folder, but with `--project` to the folder of each project.
      include: ['packages/{client,sync}/src/**/*.ts', 'src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.test-d.ts', '**/generated/**', '**/index.ts'],
      reporter: [['text', { skipFull: true }], 'json-summary'],
      thresholds: {
        'packages/client/src/**': { branches: 95 },
        'packages/sync/src/**': { branches: 95 },
      },
    },
  },
});
