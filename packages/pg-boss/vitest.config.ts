import { project } from '../../tools/vitest.ts';

export default project('pg-boss', { servers: ['postgres'] });
