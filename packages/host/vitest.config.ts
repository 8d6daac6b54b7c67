import { project } from '../../tools/vitest.ts';

export default project('host', { servers: ['postgres', 'redis', 'prism'] });
