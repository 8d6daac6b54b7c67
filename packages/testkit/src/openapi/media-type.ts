import type { JsonSchema, MediaTypes } from './model.ts';

/** `Application/JSON; charset=utf-8` → `application/json`. */
export function mediaTypeOf(contentType: string | null): string | null {
  return contentType?.split(';')[0]?.trim().toLowerCase() || null;
}

/** The described body of a media type, ranges such as `text/*` included; undefined where there is none. */
export function findMediaType(content: MediaTypes, mediaType: string | null): JsonSchema | null | undefined {
  if (mediaType === null) return undefined;
  for (const range of [mediaType, `${mediaType.split('/')[0] ?? ''}/*`, '*/*']) {
    const media = content[range];
    if (media !== undefined) return media;
  }
  return undefined;
}

export type BodyReading =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: string };

/** JSON and forms as values, everything else as text. A name given twice in a form is a problem, not a list. */
export function readBody(mediaType: string | null, body: string): BodyReading {
  if (mediaType === 'application/json') {
    try {
      return { ok: true, value: JSON.parse(body) };
    } catch {
      return { ok: false, problem: 'the body is not JSON' };
    }
  }
  if (mediaType === 'application/x-www-form-urlencoded') {
    const form = new URLSearchParams(body);
    const names = [...form.keys()];
    if (new Set(names).size < names.length)
      return { ok: false, problem: 'a name is given twice in the form' };
    return { ok: true, value: Object.fromEntries(form) };
  }
  return { ok: true, value: body };
}
