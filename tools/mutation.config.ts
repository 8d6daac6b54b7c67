import { project } from './vitest.ts';

// Only the tests of the mutated folders: those of the whole engine would run thousands of schedules per mutant.
export default project('mutation', {
  include: ['packages/sync/src/{phone,mapping,planner,order}/**/*.test.ts'],
});
