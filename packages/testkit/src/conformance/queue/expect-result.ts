import assert from 'node:assert/strict';
import type { QueueError, QueueErrorKind } from '@visanet/cbb-queue';
import type { Result } from 'neverthrow';

export function expectOk<T>(result: Result<T, QueueError>): T {
  if (result.isErr()) assert.fail(`${result.error.kind}: ${result.error.message}`);
  return result.value;
}

export function expectErr<T>(result: Result<T, QueueError>, kind: QueueErrorKind): QueueError {
  if (result.isOk()) assert.fail(`expected ${kind}, got ${JSON.stringify(result.value)}`);
  assert.equal(result.error.kind, kind);
  return result.error;
}
