import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { StoreError, StoreErrorKind } from '@visanet/cbb-sync';
import type { Result } from 'neverthrow';

export async function must<T>(pending: PromiseLike<Result<T, StoreError>>): Promise<T> {
  const result = await pending;
  if (result.isErr()) assert.fail(`${result.error.kind}: ${result.error.message}`);
  return result.value;
}

export async function mustFail<T>(
  pending: PromiseLike<Result<T, StoreError>>,
  kind: StoreErrorKind,
): Promise<void> {
  const result = await pending;
  if (result.isOk()) assert.fail(`expected ${kind}, got an answer`);
  assert.equal(result.error.kind, kind);
}

/** The answer, which must be of the kind. */
export function ofKind<A extends { readonly kind: string }, K extends A['kind']>(
  answer: A,
  kind: K,
): Extract<A, { readonly kind: K }> {
  const isOfKind = (given: A): given is Extract<A, { readonly kind: K }> => given.kind === kind;
  if (!isOfKind(answer)) assert.fail(`expected ${kind}, got ${answer.kind}`);
  return answer;
}

const deadlineMs = 10_000;

export async function eventually(what: string, check: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + deadlineMs;
  while (!(await check())) {
    if (performance.now() > deadline) assert.fail(`Not within ${deadlineMs} ms: ${what}`);
    await pause(10);
  }
}
