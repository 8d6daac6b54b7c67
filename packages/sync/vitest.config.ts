import { project } from '../../tools/vitest.ts';

export default project('sync', { include: ['src/**/*.test.ts', 'test/**/*.test.ts'] });
