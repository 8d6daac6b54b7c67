import type { HostError } from './host-error.ts';

const brand = Symbol.for('@visanet/cbb-host/exception');

/** An `Error` that carries the `HostError` it stands for; `kind` tells them apart. */
export class CbbSyncException extends Error {
  override readonly name = 'CbbSyncException';
  readonly kind: HostError['kind'];
  readonly error: HostError;

  constructor(error: HostError) {
    super(error.message);
    this.kind = error.kind;
    this.error = error;
    Object.defineProperty(this, brand, { value: true });
  }
}

/** Recognises exceptions of any copy of this package. */
export function isCbbSyncException(value: unknown): value is CbbSyncException {
  return typeof value === 'object' && value !== null && brand in value;
}
