import { project } from '../vitest.ts';

export default project('bench', { servers: ['postgres', 'redis', 'prism'] });
