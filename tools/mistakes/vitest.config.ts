import { project } from '../vitest.ts';

export default project('mistakes', { servers: ['postgres', 'redis', 'prism'] });
