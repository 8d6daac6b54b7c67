import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineProject } from 'vitest/config';
import { recordRequests } from './recorded-requests/seam.ts';

// Tests read the sources of sibling packages: no build is needed to run them. Node gets these conditions for
// every require too: with `import` among them a package of both formats would load half of itself as ESM.
const conditions = ['@visanet/source', 'node'];

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

interface ProjectOptions {
  /** Servers that have to run before the tests start. @default none */
  readonly servers?: readonly ('postgres' | 'redis' | 'prism')[];
  /** @default src/**\/*.test.ts */
  readonly include?: readonly string[];
}

/** One vitest project; the name is what `npm test -- --project <name>` selects. */
export function project(name: string, { servers = [], include = ['src/**/*.test.ts'] }: ProjectOptions = {}) {
  // With Prism comes the recording of what it judges: every request that a client sends in a test.
  const judged = servers.includes('prism');
  return defineProject({
    ssr: { resolve: { conditions } },
    plugins: judged ? [recordRequests()] : [],
    test: {
      name,
      // Most tests wait for a server most of the time.
      maxWorkers: Math.max(5, availableParallelism()),
      // Generous, for a machine that is busy with other things: a test that hangs is still found.
      testTimeout: 30_000,
      hookTimeout: 60_000,
      // No file changes what another one imports: a worker per file would load everything again for each.
      isolate: false,
      unstubEnvs: true,
      include: [...include],
      setupFiles: judged ? [pathOf('./recorded-requests/judge-tests.ts')] : [],
      globalSetup: servers.map((server) => pathOf(`./test-servers/${server}.ts`)),
    },
  });
}
