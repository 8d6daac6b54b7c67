import type { ResultAsync } from 'neverthrow';
import type { CbbClient } from '../create-cbb-client.ts';
import type { CbbError } from '../errors/cbb-error.ts';
import { toException } from '../errors/to-exception.ts';
import type { CbbCall, WithResponse } from './cbb-call.ts';

/** A promise of the value that rejects with a `CbbException`. */
export interface ThrowingCall<T> extends Promise<T> {
  /** The same call, its value beside status and headers of the answer. Sends nothing of its own. */
  withResponse(): Promise<WithResponse<T>>;
}

type ThrowingMember<M> = M extends (...args: infer A) => CbbCall<infer T>
  ? (...args: A) => ThrowingCall<T>
  : M extends (...args: infer A) => CbbClient
    ? (...args: A) => Throwing<ReturnType<M>>
    : M;

type ThrowingGroup<G> = { readonly [K in keyof G]: ThrowingMember<G[K]> };

/** The client with every call as a promise that rejects; `raw` stays what it is. */
export type Throwing<C extends CbbClient> = {
  readonly [K in keyof C]: K extends 'contacts' | 'api' | 'customFields'
    ? ThrowingGroup<C[K]>
    : ThrowingMember<C[K]>;
};

/**
 * The whole client for hosts that throw: each call answers its value, or rejects with a `CbbException` that has `kind` and
 * `error`.
 */
export function toThrowing<C extends CbbClient>(client: C): Throwing<C>;
export function toThrowing(client: CbbClient): object {
  const { raw, withOptions, ...rest } = client;
  return Object.freeze({
    ...throwingMembers(rest),
    raw,
    withOptions: (options: Parameters<typeof withOptions>[0]) => toThrowing(withOptions(options)),
  });
}

function throwingMembers(group: object): object {
  return Object.freeze(
    Object.fromEntries(Object.entries(group).map(([name, member]) => [name, throwing(member)])),
  );
}

function throwing(member: unknown): unknown {
  if (typeof member === 'object' && member !== null) return throwingMembers(member);
  if (typeof member !== 'function') return member;
  return (...args: readonly unknown[]) => startThrowing(Reflect.apply(member, undefined, args));
}

function startThrowing<T>(call: CbbCall<T>): ThrowingCall<T> {
  const value = outcomeOf(call);
  return Object.assign(value, {
    withResponse() {
      // Its rejection comes by this way now.
      value.catch(() => undefined);
      return outcomeOf(call.withResponse());
    },
  });
}

async function outcomeOf<T>(call: ResultAsync<T, CbbError>): Promise<T> {
  const result = await call;
  if (result.isErr()) throw toException(result.error);
  return result.value;
}
