import { err, ok, type Result, type ResultAsync } from 'neverthrow';
import type { UpdateAnswer } from '../contacts/contact-gateway.ts';
import type { CbbError } from '../errors/cbb-error.ts';
import { createError } from '../errors/create-error.ts';
import { operations } from './operations.ts';

/** One request of a write, and the fields that its success acknowledges; null where its answer tells nothing more. */
export interface WriteStep {
  readonly names: readonly string[];
  run(): ResultAsync<UpdateAnswer | null, CbbError>;
}

/**
 * Runs the steps one after another. A field that the service refuses does not stop the others; anything else would
 * repeat itself and ends the write. What was not acknowledged is named in a `partial_write`.
 */
export async function runSteps(
  phone: string,
  steps: readonly WriteStep[],
): Promise<Result<UpdateAnswer, CbbError>> {
  const missingFields: string[] = [];
  const refused: string[] = [];
  let acknowledged = 0;
  let answer: UpdateAnswer = { id: phone, whatsApp: 'unknown' };
  let failed: CbbError | null = null;
  let effect: CbbError['effect'] = 'none';

  for (const step of steps) {
    if (failed !== null && failed.kind !== 'invalid_request') {
      missingFields.push(...step.names);
      continue;
    }
    const result = await step.run();
    if (result.isOk()) {
      acknowledged += step.names.length;
      // What was told before a later request is not what stands after it.
      answer = result.value ?? { id: phone, whatsApp: answer.whatsApp };
      continue;
    }
    missingFields.push(...step.names);
    failed = withField(result.error, step);
    if (failed.kind === 'invalid_request') refused.push(...(failed.missingFields ?? []));
    if (failed.effect === 'unknown') effect = 'unknown';
  }

  if (failed === null) return ok(answer);
  if (acknowledged === 0) return err(ended(failed, refused, effect));
  return err(
    createError(
      {
        kind: 'partial_write',
        missingFields,
        ...(failed.kind === 'partial_write' ? {} : { stoppedBy: failed.kind }),
        reason: `${missingFields.length} of ${acknowledged + missingFields.length} fields were not acknowledged: ${failed.kind}`,
        // A rejected key or a vanished contact shows itself when the missing fields are tried again.
        retryable: failed.kind !== 'invalid_request',
        ...(failed.retryAfterMs === undefined ? {} : { retryAfterMs: failed.retryAfterMs }),
        ...(failed.requestId === undefined ? {} : { requestId: failed.requestId }),
      },
      operations.setContactCustomField,
      effect,
    ),
  );
}

/** A request for one field is refused for that field. */
function withField(error: CbbError, { names }: WriteStep): CbbError {
  return error.kind === 'invalid_request' && names.length === 1 ? { ...error, missingFields: names } : error;
}

function ended(error: CbbError, refused: readonly string[], effect: CbbError['effect']): CbbError {
  const named = error.kind === 'invalid_request' && refused.length > 0;
  return Object.freeze({ ...error, effect, ...(named ? { missingFields: Object.freeze(refused) } : {}) });
}
