import type { CbbConfiguration } from '@visanet/cbb-sync';
import { type Check, ok, warning } from './check.ts';

const name = 'configuration';
const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** What is allowed, but seldom meant. */
export function checkConfiguration(
  { api, sync }: CbbConfiguration,
  withoutEffect: readonly string[],
): readonly Check[] {
  const { protocol, hostname } = new URL(api.url);
  const checks = [
    ...(sync.mode === 'off'
      ? [warning(name, 'the sync is switched off', 'set ENABLE_CBB_SYNC=true to sync orders')]
      : []),
    ...(sync.mode === 'dry_run'
      ? [warning(name, 'the sync runs dry', 'set CBB_SYNC_DRY_RUN=false to sync orders')]
      : []),
    ...(sync.hashSecret === null
      ? [
          warning(
            name,
            'without CBB_HASH_SECRET nobody can be erased, and hashes of short values can be guessed',
            'set it to a random text of 32 characters and keep it for good',
          ),
        ]
      : []),
    ...(withoutEffect.length > 0
      ? [
          warning(
            name,
            `nothing in this version acts on ${withoutEffect.join(', ')}`,
            'watch failed orders by cbb failures',
          ),
        ]
      : []),
    ...(protocol === 'http:' && !loopback.has(hostname)
      ? [warning(name, 'the key goes to the service unencrypted', 'use https:// in CBB_API_URL')]
      : []),
  ];
  const share = sync.rolloutPercent === 100 ? '' : `; ${sync.rolloutPercent} % of customers are synced`;
  return checks.length === 0 ? [ok(name, `complete${share}`)] : checks;
}
