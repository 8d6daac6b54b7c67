import { project } from '../../tools/vitest.ts';

export default project('client', { servers: ['prism'] });
