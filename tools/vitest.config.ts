import { project } from './vitest.ts';

export default project('tools', { include: ['**/*.test.ts'] });
