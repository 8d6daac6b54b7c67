import { createHash } from 'node:crypto';

/** Names the limit in the store; the key itself, which is or belongs to a secret, stays out of it. */
export function hashKey(key: string): string {
  return createHash('sha256').update(`cbb-rate-limit\0${key}`).digest('hex').slice(0, 32);
}
