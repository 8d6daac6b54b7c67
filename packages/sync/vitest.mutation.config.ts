import { mergeConfig } from 'vitest/config';
import project from './vitest.config.ts';

// Mutants are judged by the examples beside the mutated files: the engine's interleavings and the property tests would
// take hours, and a score must not depend on a random seed. One folder alone takes minutes:
// pnpm mutation --mutate 'packages/sync/src/planner/*.ts,!**/*.test.ts'
// (not with --testFiles: it activates mutants too late for what runs when a module is loaded).
const folders = 'phone,mapping,planner,order';

export default mergeConfig(project, {
  test: {
    // A mutant in what runs when a module is loaded needs a module that is loaded again.
    isolate: true,
    include: [`src/{${folders}}/**/*.test.ts`],
    exclude: ['**/*.property.test.ts', '**/node_modules/**'],
  },
});
