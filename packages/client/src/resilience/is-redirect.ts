import type { FetchedResponse } from '../answer/fetched-response.ts';

/** A redirect that was not followed: browsers hide its status, other runtimes show it. */
export function isRedirect({ type, status }: Pick<FetchedResponse, 'type' | 'status'>): boolean {
  return type === 'opaqueredirect' || (status >= 300 && status < 400 && status !== 304);
}
