import { err, type Result, ResultAsync } from 'neverthrow';
import { isObject } from '../options/is-object.ts';
import type { ContactGateway, GatewayError } from '../ports/contact-gateway.ts';
import type { OrderStore, StoreError } from '../ports/order-store.ts';

/** A host written without types may answer anything; another copy of neverthrow makes other classes. */
const isAnswer = (answer: unknown): boolean => isObject(answer) && 'isErr' in answer;

/**
 * A port of the host's that throws, rejects or answers with no `Result` is one that failed. What it threw may hold
 * anything and is dropped.
 */
function guarded<T, E>(call: () => PromiseLike<Result<T, E>>, failure: E): ResultAsync<T, E> {
  return new ResultAsync(
    (async () => {
      try {
        const answer = await call();
        return isAnswer(answer) ? answer : err(failure);
      } catch {
        return err(failure);
      }
    })(),
  );
}

const storeThrew: StoreError = Object.freeze({
  kind: 'store_unavailable',
  message: 'The store threw instead of answering.',
  retryable: true,
});

const gatewayThrew: GatewayError = Object.freeze({
  kind: 'unexpected_body',
  message: 'The gateway threw instead of answering.',
  retryable: true,
  effect: 'unknown',
});

export function guardStore<O>(store: OrderStore<O>): OrderStore<O> {
  const safely = <T>(call: () => PromiseLike<Result<T, StoreError>>) => guarded(call, storeThrew);
  return {
    load: (...given) => safely(() => store.load(...given)),
    admit: (...given) => safely(() => store.admit(...given)),
    settle: (...given) => safely(() => store.settle(...given)),
    begin: (...given) => safely(() => store.begin(...given)),
    renew: (...given) => safely(() => store.renew(...given)),
    complete: (...given) => safely(() => store.complete(...given)),
    release: (...given) => safely(() => store.release(...given)),
    voidLedger: (...given) => safely(() => store.voidLedger(...given)),
    claimDue: (...given) => safely(() => store.claimDue(...given)),
    listDue: (...given) => safely(() => store.listDue(...given)),
    arm: (...given) => safely(() => store.arm(...given)),
    rearm: (...given) => safely(() => store.rearm(...given)),
    peek: (...given) => safely(() => store.peek(...given)),
    beginErase: (...given) => safely(() => store.beginErase(...given)),
    completeErase: (...given) => safely(() => store.completeErase(...given)),
    isErased: (...given) => safely(() => store.isErased(...given)),
    liftTombstone: (...given) => safely(() => store.liftTombstone(...given)),
  };
}

/** Also caps how long an answer may ask to be left alone; what is no such time counts as not said. */
export function guardGateway(gateway: ContactGateway, maxRetryAfterMs: number): ContactGateway {
  const safely = <T>(call: () => PromiseLike<Result<T, GatewayError>>) =>
    guarded(call, gatewayThrew).mapErr((error) => capped(error, maxRetryAfterMs));
  return {
    get capabilities() {
      return gateway.capabilities;
    },
    find: (...given) => safely(() => gateway.find(...given)),
    create: (...given) => safely(() => gateway.create(...given)),
    update: (...given) => safely(() => gateway.update(...given)),
    checkWhatsApp: (...given) => safely(() => gateway.checkWhatsApp(...given)),
    erase: (...given) => safely(() => gateway.erase(...given)),
  };
}

function capped(error: GatewayError, maxRetryAfterMs: number): GatewayError {
  const { retryAfterMs, ...rest } = error;
  if (retryAfterMs === undefined || !Number.isFinite(retryAfterMs) || retryAfterMs < 0) return rest;
  return { ...rest, retryAfterMs: Math.min(retryAfterMs, maxRetryAfterMs) };
}
