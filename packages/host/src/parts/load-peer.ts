import { ResultAsync } from 'neverthrow';
import type { HostError } from '../errors/host-error.ts';

/** Loads a package that only some hosts need, or says how to install it. */
export function loadPeer<T>(name: string, load: () => Promise<T>): ResultAsync<T, HostError> {
  return ResultAsync.fromPromise(load(), (cause) => peerError(name, cause));
}

function peerError(name: string, cause: unknown): HostError {
  const code = typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'code') : undefined;
  const missing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
  return {
    kind: 'peer_missing',
    message: missing
      ? `[cbb-host] The package ${name} is not installed. Run: npm install ${name}`
      : `[cbb-host] The package ${name} cannot be loaded: is it installed for this version of Node?`,
    retryable: false,
  };
}
