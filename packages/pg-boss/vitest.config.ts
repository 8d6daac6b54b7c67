import { project } from '../../tools/vitest.ts';

// Node gets these conditions for every require too: with `import` among them pg would load half of itself as ESM.
export default {
  ...project('pg-boss', { servers: ['postgres'] }),
  ssr: { resolve: { conditions: ['@visanet/source', 'node'] } },
};
