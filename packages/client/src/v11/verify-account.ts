import { err, ok, type ResultAsync } from 'neverthrow';
import type { CbbError } from '../errors/cbb-error.ts';
import { createError } from '../errors/create-error.ts';
import type { CallOptions } from '../resilience/call-options.ts';
import type { V11Account, V11Api } from './api.ts';
import { operations } from './operations.ts';

export type VerifyAccount = (options?: CallOptions) => ResultAsync<V11Account, CbbError>;

/** A key of another account works too, and writes there: only the account's id tells. */
export function createAccountCheck(
  api: Pick<V11Api, 'getAccount'>,
  expectedAccountId: string | undefined,
): VerifyAccount {
  return (options) =>
    api.getAccount(options).andThen((account) => {
      if (expectedAccountId === undefined || account.page_id === expectedAccountId) return ok(account);
      return err(
        createError(
          { kind: 'unauthorized', reason: 'the key belongs to another account than the expected one' },
          operations.getAccount,
        ),
      );
    });
}
