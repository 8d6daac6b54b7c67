import type { CbbError } from './cbb-error.ts';

const brand = Symbol.for('@visanet/cbb-client/exception');

/** An `Error` that carries the `CbbError` it stands for. */
export class CbbException extends Error {
  override readonly name = 'CbbException';
  readonly error: CbbError;

  constructor(error: CbbError) {
    super(error.message);
    this.error = error;
    Object.defineProperty(this, brand, { value: true });
  }
}

/** For hosts that throw: `result.match((value) => value, (error) => { throw toException(error); })`. */
export function toException(error: CbbError): CbbException {
  return new CbbException(error);
}

/** Recognises exceptions of any copy of this package. */
export function isCbbException(value: unknown): value is CbbException {
  return typeof value === 'object' && value !== null && brand in value;
}
