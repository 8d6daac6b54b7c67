import { fileURLToPath } from 'node:url';
import { defineProject } from 'vitest/config';

// Tests read the sources of sibling packages: no build is needed to run them.
const conditions = ['@visanet/source', 'node', 'import', 'module', 'default'];

interface ProjectOptions {
  /** Servers that have to run before the tests start. @default none */
  readonly servers?: readonly ('postgres' | 'redis')[];
  /** @default src/**\/*.test.ts */
  readonly include?: readonly string[];
}

/** One vitest project; the name is what `npm test -- --project <name>` selects. */
export function project(name: string, { servers = [], include = ['src/**/*.test.ts'] }: ProjectOptions = {}) {
  return defineProject({
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    test: {
      name,
      include: [...include],
      globalSetup: servers.map((server) =>
        fileURLToPath(new URL(`./test-servers/${server}.ts`, import.meta.url)),
      ),
    },
  });
}
