import type { StoreError } from '@visanet/cbb-sync';
import { ok, type Result } from 'neverthrow';

export interface StartGateOptions<S> {
  first(): Promise<Result<S, StoreError>>;
  /** Whether what started is still right. */
  again(started: S): Promise<Result<S, StoreError>>;
  /** A start holds for so long. */
  readonly holdsMs: number;
  /** Milliseconds, rising. */
  now(): number;
}

/** What started. */
export interface StartGate<S> {
  /** Starts where nothing started or it is too long ago, once for all that ask meanwhile; failures are not kept. */
  pass(): Promise<Result<S, StoreError>>;
  keep(started: S): void;
  forget(): void;
}

export function createStartGate<S>({ first, again, holdsMs, now }: StartGateOptions<S>): StartGate<S> {
  let known: { readonly started: S; readonly at: number } | null = null;
  let pending: Promise<Result<S, StoreError>> | null = null;

  async function start(): Promise<Result<S, StoreError>> {
    const at = now();
    const previous = known;
    known = null;
    try {
      const result = await (previous === null ? first() : again(previous.started));
      if (result.isOk()) known = { started: result.value, at };
      return result;
    } finally {
      pending = null;
    }
  }

  return {
    async pass() {
      if (pending !== null) return pending;
      if (known !== null && now() - known.at < holdsMs) return ok(known.started);
      pending = start();
      return pending;
    },
    keep(started) {
      if (known !== null) known = { started, at: known.at };
    },
    forget() {
      known = null;
    },
  };
}
