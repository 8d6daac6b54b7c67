import type { CbbError, CbbErrorKind } from './cbb-error.ts';

const brand = /* @__PURE__ */ Symbol.for('@visanet/cbb-client/exception');

/** An `Error` that carries the `CbbError` it stands for. */
export class CbbException extends Error {
  override readonly name = 'CbbException';
  /** That of `error`. */
  readonly kind: CbbErrorKind;
  readonly error: CbbError;

  constructor(error: CbbError) {
    super(error.message);
    this.kind = error.kind;
    this.error = error;
    Object.defineProperty(this, brand, { value: true });
  }
}

/** One result for a host that throws; `toThrowing` makes a whole client throw. */
export function toException(error: CbbError): CbbException {
  return new CbbException(error);
}

/** Recognises exceptions of any copy of this package. */
export function isCbbException(value: unknown): value is CbbException {
  return typeof value === 'object' && value !== null && brand in value;
}
