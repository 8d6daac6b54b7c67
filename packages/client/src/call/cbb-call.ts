import { type Result, ResultAsync } from 'neverthrow';
import type { CbbError } from '../errors/cbb-error.ts';
import type { CallScope, ResponseInfo } from './call-scope.ts';

/** A value with what the service said beside it. */
export interface WithResponse<T> {
  readonly value: T;
  /** The last answer of the call; null where it sent no request of its own. */
  readonly response: ResponseInfo | null;
}

/** A call under way: a `ResultAsync` that can also tell status, headers and request id of the answer. */
export class CbbCall<T> extends ResultAsync<T, CbbError> {
  readonly #scope: CallScope;

  constructor(work: Promise<Result<T, CbbError>>, scope: CallScope) {
    super(work);
    this.#scope = scope;
  }

  /** The same call, its value beside status and headers of the answer. Sends nothing of its own. */
  withResponse(): ResultAsync<WithResponse<T>, CbbError> {
    return this.map((value) => ({ value, response: this.#scope.response }));
  }
}
