import { type CbbErrorCode, readErrorCode } from '../errors/error-code.ts';
import type { FetchedResponse } from './fetched-response.ts';

/** No answer of the contacts API comes near; a body beyond it is not read to its end. */
const maxBodyBytes = 1_048_576;

export type Body =
  | { readonly kind: 'complete'; readonly text: string }
  /** The connection ended before the body did. */
  | { readonly kind: 'broken'; readonly code: CbbErrorCode | undefined }
  | { readonly kind: 'oversized' };

/** Reads a body to its end, whatever it is labelled as. */
export async function readBody(response: Pick<FetchedResponse, 'body'>): Promise<Body> {
  if (response.body === null) return { kind: 'complete', text: '' };
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  try {
    for (;;) {
      const chunk = await reader.read();
      if (chunk.done || chunk.value === undefined) return { kind: 'complete', text: text + decoder.decode() };
      bytes += chunk.value.byteLength;
      if (bytes > maxBodyBytes) {
        void reader.cancel().catch(() => undefined);
        return { kind: 'oversized' };
      }
      text += decoder.decode(chunk.value, { stream: true });
    }
  } catch (rejection) {
    return { kind: 'broken', code: readErrorCode(rejection) };
  }
}
