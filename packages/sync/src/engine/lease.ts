import { err, ok, type Result } from 'neverthrow';
import type { Clock } from '../ports/clock.ts';
import type { CallOptions, GatewayError } from '../ports/contact-gateway.ts';
import type { OrderStore, PhoneIdentity, StoreError } from '../ports/order-store.ts';

export interface LeaseRules {
  readonly leaseMs: number;
  readonly callDeadlineMs: number;
  readonly maxWaitMs: number;
}

const longestReserveMs = 5_000;

/** What must be left of the lease after the longest call, to write down how it ended. */
export function reserveMs(leaseMs: number): number {
  return Math.min(longestReserveMs, leaseMs / 10);
}

/** The holder's view of its lease: measured from before the store was asked, so never longer than the store's. */
export class Lease<O> {
  readonly phone: PhoneIdentity;
  readonly token: string;
  readonly #store: OrderStore<O>;
  readonly #clock: Clock;
  readonly #rules: LeaseRules;
  #endsAt: number;

  constructor(
    held: { phone: PhoneIdentity; token: string; askedAt: number },
    store: OrderStore<O>,
    clock: Clock,
    rules: LeaseRules,
  ) {
    this.phone = held.phone;
    this.token = held.token;
    this.#store = store;
    this.#clock = clock;
    this.#rules = rules;
    this.#endsAt = held.askedAt + rules.leaseMs;
  }

  /** Renews where the longest call and the release after it could outlive the lease. */
  async ensure(): Promise<Result<'held' | 'lost', StoreError>> {
    const { leaseMs, callDeadlineMs } = this.#rules;
    const now = this.#clock.now();
    if (this.#endsAt - now >= callDeadlineMs + reserveMs(leaseMs)) return ok('held');
    if (this.#endsAt <= now) return ok('lost');
    const renewed = await this.#store.renew(this.phone, this.token, leaseMs);
    if (renewed.isOk() && renewed.value === 'held') this.#endsAt = now + leaseMs;
    return renewed;
  }

  /**
   * Runs one call, aborted at its deadline or by the host, whichever comes first. A gateway that heeds neither is
   * waited for a moment longer, and then no more: a service that hangs must not cost the lease. `onLate` is told how
   * such a call ended after all.
   */
  async run<T>(
    call: (options: CallOptions) => PromiseLike<Result<T, GatewayError>>,
    hostSignal: AbortSignal | undefined,
    onLate?: (answer: Result<T, GatewayError>) => Promise<void>,
  ): Promise<Result<T, GatewayError>> {
    const { leaseMs, callDeadlineMs, maxWaitMs } = this.#rules;
    const controller = new AbortController();
    let timedOut = false;
    let giveUp = (_: Result<T, GatewayError>) => {};
    const abandoned = new Promise<Result<T, GatewayError>>((resolve) => {
      giveUp = resolve;
    });
    const timers: (() => void)[] = [];
    const abort = () => {
      controller.abort();
      const unheeded = () => giveUp(err(timedOut ? noAnswer : unheededAbort));
      timers.push(this.#clock.schedule(reserveMs(leaseMs) / 5, unheeded));
    };
    const deadline = () => {
      timedOut = true;
      abort();
    };
    timers.push(this.#clock.schedule(callDeadlineMs, deadline));
    hostSignal?.addEventListener('abort', abort, { once: true });
    if (hostSignal?.aborted) abort();
    try {
      const options = { signal: controller.signal, deadlineMs: callDeadlineMs, maxWaitMs };
      const pending = call(options);
      const answer = await Promise.race([pending, abandoned]);
      if (onLate !== undefined && answer.isErr() && isUnheeded(answer.error)) void pending.then(onLate);
      return answer.mapErr((error) => (timedOut && error.kind === 'aborted' ? noAnswer : error));
    } finally {
      for (const cancel of timers) cancel();
      hostSignal?.removeEventListener('abort', abort);
    }
  }
}

function isUnheeded(error: GatewayError): boolean {
  return error === noAnswer || error === unheededAbort;
}

const noAnswer: GatewayError = Object.freeze({
  kind: 'timeout',
  message: 'The call did not end within its time.',
  retryable: true,
  effect: 'unknown',
});

const unheededAbort: GatewayError = Object.freeze({
  kind: 'aborted',
  message: 'The call was stopped by the host.',
  retryable: true,
  effect: 'unknown',
});
