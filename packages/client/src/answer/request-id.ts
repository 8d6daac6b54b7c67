/** Where services and what stands before them put it, the service's own word first. */
const headerNames = [
  'x-request-id',
  'request-id',
  'x-correlation-id',
  'x-amzn-requestid',
  'x-amz-cf-id',
  'x-vercel-id',
  'cf-ray',
] as const;

/**
 * The id under which the service keeps the request in its own logs. One that repeats a part of what was sent (URL, body or
 * key) is no id and would carry a value into logs: it is dropped, as is one of an odd form.
 */
export function readRequestId(headers: Headers, sent: string): string | undefined {
  for (const name of headerNames) {
    const id = headers.get(name)?.trim();
    if (!id || !/^[\w.:=+/-]{1,128}$/.test(id)) continue;
    const parts = id.match(/[A-Za-z0-9]{6,}/g) ?? [id];
    return parts.some((part) => sent.includes(part)) ? undefined : id;
  }
  return undefined;
}
