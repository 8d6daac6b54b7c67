import type { HostError } from '@visanet/cbb-host';
import { type Failure, workFailed, wrongConfiguration } from '../failure.ts';
import { serviceFailed } from '../output/remedy.ts';

const queueRemedy =
  'check REDIS_URL (bullmq) or DATABASE_DIRECT_URL (pg-boss); cbb doctor --queue=… tells what is wrong with it';

/** How a command ends where the composition could not start. */
export function hostFailed(error: HostError): Failure {
  switch (error.kind) {
    case 'invalid_configuration':
      return wrongConfiguration(error.problems);
    case 'service_unavailable':
    case 'service_unknown':
      return serviceFailed({ kind: error.cause, message: error.message });
    case 'store_failed':
      return workFailed({ ...error, kind: error.cause });
    case 'queue_unavailable':
      return workFailed({ ...error, remedy: queueRemedy });
    default:
      return workFailed(error);
  }
}
