import { mergeConfig } from 'vitest/config';
import project from './vitest.config.ts';

// Mutants are judged by the unit tests beside the mutated files: the engine's interleavings would take hours.
const folders = 'phone,mapping,planner,order';

export default mergeConfig(project, { test: { include: [`src/{${folders}}/**/*.test.ts`] } });
