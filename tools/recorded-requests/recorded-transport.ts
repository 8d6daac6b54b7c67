import {
  createTransport as createPlainTransport,
  type Transport,
  type TransportParts,
} from '../../packages/client/src/resilience/transport.ts';
import { record } from './recorder.ts';

export type { Transport };

/** Stands in tests where the client's own transport stands: the same one, and every request is recorded. */
export function createTransport(parts: TransportParts): Transport {
  return createPlainTransport({
    ...parts,
    fetch(request) {
      record(request, parts);
      return parts.fetch(request);
    },
  });
}
