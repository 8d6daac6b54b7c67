import assert from 'node:assert/strict';
import type { GatewayError } from '@visanet/cbb-sync';
import type { Result } from 'neverthrow';

export const phone = '447700900123';
export const otherPhone = '447700900124';
export const fields = { visa_country: 'nowhereland', branch: 'il', visa_quantity: 2 } as const;

export async function must<T>(pending: PromiseLike<Result<T, GatewayError>>): Promise<T> {
  const result = await pending;
  if (result.isErr()) assert.fail(`${result.error.kind}: ${result.error.message}`);
  return result.value;
}

/** The error, which holds nothing of a customer. */
export async function mustFail<T>(pending: PromiseLike<Result<T, GatewayError>>): Promise<GatewayError> {
  const result = await pending;
  if (result.isOk()) assert.fail('expected an error, got an answer');
  const { error } = result;
  const told = JSON.stringify(error) + error.message;
  for (const value of [phone, otherPhone, fields.visa_country, 'Jane', 'jane@example.com']) {
    assert.ok(!told.includes(value), 'the error holds what was sent');
  }
  const { retryAfterMs } = error;
  assert.ok(retryAfterMs === undefined || (Number.isFinite(retryAfterMs) && retryAfterMs >= 0));
  return error;
}
