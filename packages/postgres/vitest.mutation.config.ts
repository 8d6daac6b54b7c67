import { mergeConfig } from 'vitest/config';
import project from './vitest.config.ts';

// The package's own tests of the store against one weakened statement: see mutation/main.ts.
export default mergeConfig(project, {
  test: {
    bail: 1,
    maxWorkers: 2,
    setupFiles: ['mutation/weaken-driver.ts'],
    exclude: [
      '**/node_modules/**',
      '{mutation,scripts}/**',
      'src/{migrate,layout,listen,client}/**',
      '**/*.conformance.test.ts',
      '**/query-plans.test.ts',
    ],
  },
});
