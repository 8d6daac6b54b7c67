import { project } from '../../tools/vitest.ts';

export default project('bullmq', { servers: ['redis'] });
