import { err, ok } from 'neverthrow';
import type { BeginCall } from '../call/begin-call.ts';
import type { CbbCall } from '../call/cbb-call.ts';
import { createError } from '../errors/create-error.ts';
import type { CallOptions } from '../resilience/call-options.ts';
import type { V11Account, V11Api } from './api.ts';
import { operations } from './operations.ts';

export type VerifyAccount = (options?: CallOptions) => CbbCall<V11Account>;

/** A key of another account works too, and writes there: only the account's id tells. */
export function createAccountCheck(
  api: Pick<V11Api, 'getAccount'>,
  begin: BeginCall,
  expectedAccountId: string | undefined,
): VerifyAccount {
  return (options) =>
    begin('verifyAccount', options, (scoped) =>
      api.getAccount(scoped).andThen((account) => {
        if (expectedAccountId === undefined || account.page_id === expectedAccountId) return ok(account);
        return err(
          createError(
            { kind: 'unauthorized', reason: 'the key belongs to another account than the expected one' },
            operations.getAccount,
          ),
        );
      }),
    );
}
