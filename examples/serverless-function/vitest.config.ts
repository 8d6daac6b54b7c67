import { project } from '../../tools/vitest.ts';

export default project('serverless-function', { servers: ['postgres', 'prism'] });
