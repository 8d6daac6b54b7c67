import { ok, type Result } from 'neverthrow';
import type { Clock } from '../ports/clock.ts';
import type { CallOptions } from '../ports/contact-gateway.ts';
import type { OrderStore, PhoneIdentity, StoreError } from '../ports/order-store.ts';

export interface LeaseRules {
  readonly leaseMs: number;
  readonly requestTimeoutMs: number;
  readonly maxWaitMs: number;
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

  /** Renews when a request could outlive the lease. */
  async ensure(): Promise<Result<'held' | 'lost', StoreError>> {
    const now = this.#clock.now();
    if (this.#endsAt - now > this.#rules.requestTimeoutMs) return ok('held');
    if (this.#endsAt <= now) return ok('lost');
    const renewed = await this.#store.renew(this.phone, this.token, this.#rules.leaseMs);
    if (renewed.isOk() && renewed.value === 'held') this.#endsAt = now + this.#rules.leaseMs;
    return renewed;
  }

  /** Runs one call that is aborted at the lease's end or by the host, whichever comes first. */
  async run<T>(
    call: (options: CallOptions) => PromiseLike<T>,
    hostSignal: AbortSignal | undefined,
  ): Promise<T> {
    const remainingMs = Math.max(1, this.#endsAt - this.#clock.now());
    const controller = new AbortController();
    const abort = () => controller.abort();
    const cancel = this.#clock.schedule(remainingMs, abort);
    hostSignal?.addEventListener('abort', abort, { once: true });
    if (hostSignal?.aborted) abort();
    try {
      return await call({
        signal: controller.signal,
        deadlineMs: remainingMs,
        maxWaitMs: this.#rules.maxWaitMs,
      });
    } finally {
      cancel();
      hostSignal?.removeEventListener('abort', abort);
    }
  }
}
