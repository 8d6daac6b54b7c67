/** Every setting that `parseEnvironment` reads. */
export const environmentNames = [
  'CBB_API_URL',
  'CBB_API_KEY',
  'CBB_API_TIMEOUT',
  'CBB_API_RETRY_ATTEMPTS',
  'CBB_API_CONTRACT',
  'CBB_API_RATE_LIMIT',
  'CBB_ACCOUNT_ID',
  'ENABLE_CBB_SYNC',
  'CBB_SYNC_DRY_RUN',
  'CBB_SYNC_BATCH_SIZE',
  'CBB_SYNC_CONCURRENCY',
  'CBB_SYNC_DELAY_MS',
  'CBB_SYNC_ROLLOUT_PERCENT',
  'CBB_HASH_SECRET',
  'CBB_SYNC_ALERT_THRESHOLD',
  'CBB_SYNC_ALERT_EMAIL',
  'DATABASE_URL',
  'DATABASE_DIRECT_URL',
  'REDIS_URL',
  'SMTP_URL',
] as const;

export type EnvironmentName = (typeof environmentNames)[number];
