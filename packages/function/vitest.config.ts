import { defineProject } from 'vitest/config';

const conditions = ['@visanet/source', 'node', 'import', 'module', 'default'];

export default defineProject({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: { name: 'function', include: ['src/**/*.test.ts'] },
});
