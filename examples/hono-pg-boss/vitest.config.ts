import { project } from '../../tools/vitest.ts';

export default project('hono-pg-boss', { servers: ['postgres', 'prism'] });
