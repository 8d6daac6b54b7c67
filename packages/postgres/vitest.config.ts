import { project } from '../../tools/vitest.ts';

export default project('postgres', { servers: ['postgres'], include: ['{src,mutation}/**/*.test.ts'] });
