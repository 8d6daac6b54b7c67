import { mergeConfig } from 'vitest/config';
import project from './vitest.config.ts';

// The package's own tests of the store against one weakened statement: see mutation/main.ts.
export default mergeConfig(project, {
  test: {
    bail: 1,
    maxWorkers: 1,
    setupFiles: ['mutation/weaken-driver.ts'],
    exclude: [
      '**/node_modules/**',
      '{mutation,scripts}/**',
      'src/{layout,listen,client}/**',
      'src/migrate/{create-orders-table,sql-files,uninstall}.test.ts',
      '**/*.conformance.test.ts',
      '**/query-plans.test.ts',
    ],
  },
});
