import type { Failure } from '../errors/failure.ts';
import type { HttpAnswer } from './http-answer.ts';

/** A refusal with the names of the fields, of those that were sent, that the service mentions in it. */
export function withFields(
  failure: Failure,
  { text }: Pick<HttpAnswer, 'text'>,
  sent: readonly string[] = [],
): Failure {
  if (failure.kind !== 'invalid_request') return failure;
  const missingFields = sent.filter((name) => mentions(text, name));
  return missingFields.length === 0 ? failure : { ...failure, missingFields };
}

const partOfName = /[\p{L}\p{N}_-]/u;

/** As a word of its own: `name` is not mentioned by `first_name`. */
function mentions(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const before = text.charAt(at - 1);
    const after = text.charAt(at + name.length);
    if (!partOfName.test(before) && !partOfName.test(after)) return true;
  }
  return false;
}
