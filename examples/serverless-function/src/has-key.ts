import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string) => createHash('sha256').update(text).digest();

/**
 * Whether the headers carry the key, as `X-API-Key` or as a bearer token. Digests are compared, so that the time
 * taken tells nothing of the key, not even its length.
 */
export function hasKey(headers: Headers, key: string): boolean {
  const bearer = /^Bearer (.+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  const given = headers.get('x-api-key') ?? bearer;
  return given !== undefined && timingSafeEqual(digest(given), digest(key));
}
