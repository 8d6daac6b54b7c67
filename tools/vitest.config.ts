import { project } from './vitest.ts';

export default project('tools', { include: ['!(bench)/**/*.test.ts', '*.test.ts'] });
