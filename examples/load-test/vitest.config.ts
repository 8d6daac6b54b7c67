import { project } from '../../tools/vitest.ts';

export default project('load-test', { servers: ['postgres', 'redis', 'prism'] });
