import { errAsync, okAsync, ResultAsync } from 'neverthrow';
import { createHasher } from '../hash/field-hash.ts';
import type { PhoneInput } from '../mapping/mapping.ts';
import { tryMapping } from '../mapping/try-mapping.ts';
import { systemClock } from '../ports/clock.ts';
import type { GatewayError } from '../ports/contact-gateway.ts';
import type { StoreError } from '../ports/order-store.ts';
import { type EraseReport, eraseHeldPhone } from './erase-phone.ts';
import { guardGateway, guardStore } from './guard-ports.ts';
import { identify } from './judge-order.ts';
import { checkOptions, type SyncEngineOptions } from './options.ts';
import { orderNotFound } from './order-not-found.ts';
import type { EngineParts } from './parts.ts';
import { createPhoneReader } from './phone-reader.ts';
import { type PreviewOptions, previewOrder, type SyncPreview } from './preview.ts';
import type { RunOptions, SyncEngine, SyncError } from './sync-engine.ts';
import { syncOrder } from './sync-order.ts';

export type EraseTarget = { readonly orderId: string } | { readonly phone: PhoneInput };

export type EraseError =
  | SyncError
  | { readonly kind: 'invalid_phone'; readonly message: string; readonly retryable: false }
  /** A tombstone must be a keyed hash: set `hashSecret`. */
  | { readonly kind: 'secret_required'; readonly message: string; readonly retryable: false };

/** The engine with what operators need beyond the queue adapters. */
export interface CbbSyncEngine extends SyncEngine {
  /** Plan of calls and field changes; null: no such order. Writes nothing, in every mode. */
  preview(
    orderId: string,
    options?: PreviewOptions,
  ): ResultAsync<SyncPreview | null, StoreError | GatewayError>;
  /** Removes a contact from the service as far as its API allows and keeps it from coming back. */
  erase(target: EraseTarget, options?: RunOptions): ResultAsync<EraseReport, EraseError>;
  /** Lets an erased phone be synced again; a person's decision. False: it was not erased. */
  liftErasure(phone: PhoneInput): ResultAsync<boolean, EraseError>;
}

/**
 * Makes the engine that drives each contact to its newest order.
 *
 * @throws {TypeError} listing every problem of the options.
 * @example
 * const engine = createSyncEngine({ store, gateway: client.contacts, mapping: viziMapping });
 * const result = await engine.sync('IL250819GB16');
 */
export function createSyncEngine<O>(options: SyncEngineOptions<O>): CbbSyncEngine {
  const settings = checkOptions(options);
  const { mapping, onEvent } = options;
  const { mode, hashSecret } = settings;
  const store = guardStore(options.store);
  const gateway = guardGateway(options.gateway, settings.maxRetryAfterMs);
  const parts: EngineParts<O> = {
    store,
    gateway,
    mapping,
    settings,
    hasher: createHasher(hashSecret === undefined ? {} : { secret: hashSecret }),
    readPhone: createPhoneReader(),
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
    emit(event) {
      try {
        onEvent?.(event);
      } catch {
        // A listener's fault must not become the order's.
      }
    },
    key: { rejected: false },
    leftLeases: new Map(),
  };

  function validPhone(input: PhoneInput): ResultAsync<string, EraseError> {
    const phone = parts.readPhone(input);
    return phone.isOk() ? okAsync(phone.value) : errAsync(invalidPhone);
  }

  function phoneOf(target: EraseTarget): ResultAsync<string, EraseError> {
    if ('phone' in target) return validPhone(target.phone);
    return store.load(target.orderId, 0).andThen((loaded) => {
      if (loaded === null) return errAsync(orderNotFound);
      const { order } = loaded;
      if (!order.readable) return errAsync(invalidPhone);
      const read = tryMapping('phone', () => mapping.phoneOf(order.order));
      return read.isOk() ? validPhone(read.value) : errAsync(invalidPhone);
    });
  }

  return {
    mode,
    leaseMs: settings.leaseMs,
    claimVisibilityMs: settings.claimVisibilityMs,
    sync(orderId, syncOptions = {}) {
      if (mode !== 'on') return errAsync(disabled(mode));
      return new ResultAsync(syncOrder(parts, orderId, syncOptions));
    },
    claimDue(limit) {
      if (mode !== 'on') return errAsync(disabled(mode));
      const { leaseMs, rolloutPercent, claimVisibilityMs } = settings;
      return store.claimDue({ limit, leaseMs, rolloutPercent, visibilityMs: claimVisibilityMs });
    },
    listDue(after, limit) {
      if (mode !== 'on') return errAsync(disabled(mode));
      const { leaseMs, rolloutPercent } = settings;
      return store.listDue({ after, limit, leaseMs, rolloutPercent });
    },
    arm: (orderId) =>
      store.arm(orderId).andThen((found) => (found ? okAsync(undefined) : errAsync(orderNotFound))),
    preview: (orderId, previewOptions = {}) => new ResultAsync(previewOrder(parts, orderId, previewOptions)),
    erase(target, runOptions = {}) {
      if (mode !== 'on') return errAsync(disabled(mode));
      if (hashSecret === undefined) return errAsync(secretRequired);
      return phoneOf(target).andThen(
        (phone) => new ResultAsync(eraseHeldPhone(parts, identify(parts, phone), runOptions.signal)),
      );
    },
    liftErasure: (phone) =>
      phoneOf({ phone }).andThen((phoneKey) => store.liftTombstone(parts.hasher.tombstone(phoneKey))),
  };
}

function disabled(mode: 'off' | 'dry_run'): SyncError {
  const message =
    mode === 'off' ? 'The sync is switched off.' : 'The sync runs dry: use preview to see what it would do.';
  return { kind: 'disabled', message, retryable: false };
}

const invalidPhone: EraseError = Object.freeze({
  kind: 'invalid_phone',
  message: 'The phone number is not valid; nothing can be erased by it.',
  retryable: false,
});

const secretRequired: EraseError = Object.freeze({
  kind: 'secret_required',
  message: 'Erasure keeps a keyed hash of the phone: set hashSecret.',
  retryable: false,
});
