import type { HttpAnswer } from '../answer/http-answer.ts';

/** Others are not repeated: a header is text from outside. */
const knownTypes = new Set([
  'application/json',
  'application/problem+json',
  'application/xml',
  'text/html',
  'text/plain',
  'text/xml',
]);

/** What was seen, without a word of its body: status and content type. */
export function describeAnswer({ status, headers, json }: HttpAnswer): string {
  const label = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  const type =
    label === undefined ? 'no content type' : knownTypes.has(label) ? label : 'another content type';
  const content = json === undefined ? 'no JSON' : 'JSON';
  return `HTTP ${status} (${type}, ${content})`;
}
