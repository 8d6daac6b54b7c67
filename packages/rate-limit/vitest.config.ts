import { project } from '../../tools/vitest.ts';

export default project('rate-limit', { servers: ['postgres', 'redis', 'prism'] });
