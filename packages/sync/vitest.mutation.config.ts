import { mergeConfig } from 'vitest/config';
import project from './vitest.config.ts';

// Mutants are judged by the examples beside the mutated files: the engine's interleavings and the property tests would
// take hours, and a score must not depend on a random seed.
const folders = 'phone,mapping,planner,order';

export default mergeConfig(project, {
  test: {
    include: [`src/{${folders}}/**/*.test.ts`],
    exclude: ['**/*.property.test.ts', '**/node_modules/**'],
    // The tested functions keep no state, and a worker per file and mutant costs far more than its tests.
    isolate: false,
  },
});
