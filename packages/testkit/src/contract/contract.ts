import type { OpenApiModel } from '../openapi/model.ts';

export type ContractName = 'plan' | 'v1.1';

/** An answer before any fault damages it. */
export interface Answer {
  readonly status: number;
  /** Null: no body. */
  readonly contentType: string | null;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON under another label, as the live service sends it. */
  readonly mislabelled?: boolean;
}

/** A request that was found to fit the contract. */
export interface Call {
  readonly operationId: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** JSON value or form; undefined without a body. */
  readonly body: unknown;
  /** The accepted key. */
  readonly key: string;
}

/** What one contract makes of requests; all state is given to it. */
export interface Contract {
  readonly name: ContractName;
  readonly model: OpenApiModel;
  /** The key that a request carries in this contract's header; null: none. */
  keyOf(headers: Headers): string | null;
  handle(call: Call): Answer;
  /** Another writer creates the contact of this call just before it; no effect on other calls. */
  createBefore(call: Call): void;
  /** An answer to a request that is no part of the contract and still no mistake; null: it is one. */
  outside(method: string, path: string): Answer | null;
  unauthorized(): Answer;
  /** `waitMs` until the next request would be taken. */
  rateLimited(waitMs: number | null, form: RetryAfterForm): Answer;
  serverError(status: number): Answer;
  /** The request broke the contract. */
  violated(status: number, problems: readonly string[]): Answer;
}

/** How a 429 tells the wait, where the contract has a way to tell it. */
export type RetryAfterForm = 'seconds' | 'date' | 'none';
