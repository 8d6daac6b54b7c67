import { errorCode, type QueueError, queueMisconfigured, queueUnavailable } from '@visanet/cbb-queue';

/** What PostgreSQL says when a person has to act, and what to do then. */
const remedies: Readonly<Record<string, string>> = {
  '3D000':
    'the database does not exist. Check its name in DATABASE_DIRECT_URL, or in DATABASE_URL where that is not set.',
  '42P01': "pg-boss's tables are missing. Start the instance with migrate on, or run its migration first.",
  '3F000': "pg-boss's schema is missing. Start the instance with migrate on, or run its migration first.",
  '42501': "the database role may not use pg-boss's tables. Grant it access.",
};

/** Says what pg-boss threw, without a word of the original text. */
export function toQueueError(cause: unknown): QueueError {
  const notStarted = cause instanceof Error && cause.message.includes('Call start()');
  const remedy = notStarted
    ? 'the pg-boss instance is not started, or stopped already. Await boss.start() first.'
    : remedies[errorCode(cause) ?? ''];
  return remedy === undefined
    ? queueUnavailable('pg-boss', 'Postgres', cause)
    : queueMisconfigured('pg-boss', remedy);
}
