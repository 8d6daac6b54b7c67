import { project } from './vitest.ts';

export default project('tools', { include: ['!(bench|mistakes)/**/*.test.ts', '*.test.ts'] });
