import { project } from '../../tools/vitest.ts';

export default project('quickstart', { servers: ['prism'] });
