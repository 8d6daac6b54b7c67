import { fileURLToPath } from 'node:url';
import { defineProject } from 'vitest/config';

// Tests read the sources of sibling packages: no build is needed to run them. Node gets these conditions for
// every require too: with `import` among them a package of both formats would load half of itself as ESM.
const conditions = ['@visanet/source', 'node'];

interface ProjectOptions {
  /** Servers that have to run before the tests start. @default none */
  readonly servers?: readonly ('postgres' | 'redis')[];
  /** @default src/**\/*.test.ts */
  readonly include?: readonly string[];
}

/** One vitest project; the name is what `npm test -- --project <name>` selects. */
export function project(name: string, { servers = [], include = ['src/**/*.test.ts'] }: ProjectOptions = {}) {
  return defineProject({
    ssr: { resolve: { conditions } },
    test: {
      name,
      // Generous, for a machine that is busy with other things: a test that hangs is still found.
      testTimeout: 30_000,
      hookTimeout: 60_000,
      include: [...include],
      globalSetup: servers.map((server) =>
        fileURLToPath(new URL(`./test-servers/${server}.ts`, import.meta.url)),
      ),
    },
  });
}
