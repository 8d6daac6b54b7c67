import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/** The one import through which every client gets its transport, typed, raw and detection alike. */
const seam = {
  importer: '/packages/client/src/options/create-client-transport.ts',
  specifier: '../resilience/transport.ts',
};

const recorded = new URL('./recorded-transport.ts', import.meta.url);

/** What takes the place of an import, if it is the seam. */
export function recordedInPlaceOf(specifier: string, importer: string | undefined): URL | null {
  return specifier === seam.specifier && importer?.endsWith(seam.importer) === true ? recorded : null;
}

/** Lets tests load the recording transport in the client. */
export function recordRequests(): Plugin {
  return {
    name: 'record-requests',
    enforce: 'pre',
    resolveId(specifier, importer) {
      const replacement = recordedInPlaceOf(specifier, importer);
      return replacement === null ? null : fileURLToPath(replacement);
    },
  };
}
