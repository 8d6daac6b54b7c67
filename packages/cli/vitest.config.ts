import { project } from '../../tools/vitest.ts';

export default project('cli', { servers: ['postgres', 'redis', 'prism'] });
