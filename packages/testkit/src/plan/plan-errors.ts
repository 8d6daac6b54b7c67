import { emptyAnswer, jsonAnswer, textAnswer } from '../contract/answers.ts';
import type { Answer } from '../contract/contract.ts';
import type { Random } from '../simulator/random.ts';

type Shape = (status: number, code: string, text: string) => Answer;

const JSON_SHAPES: readonly Shape[] = [
  (status, _code, text) => jsonAnswer(status, { error: text }),
  (status, _code, text) => jsonAnswer(status, { message: text }),
  (status, code, text) => jsonAnswer(status, { error: { code, message: text } }),
  (status, code, text) => jsonAnswer(status, { message: { code, message: text } }),
];

/** Every shape in which the plan's service may tell an error, the bodies without JSON included. */
const SHAPES: readonly Shape[] = [
  ...JSON_SHAPES,
  (status, _code, text) => textAnswer(status, text),
  (status, _code, text) => textAnswer(status, `<html><body><h1>${text}</h1></body></html>`, 'text/html'),
  (status) => emptyAnswer(status),
];

/** An error of the service in one of its shapes. */
export function planError(random: Random, status: number, code: string, text: string): Answer {
  return random.pick(SHAPES)(status, code, text);
}

/** A refusal by which the service shows itself: JSON in one of its shapes. */
export function planJsonError(random: Random, status: number, code: string, text: string): Answer {
  return random.pick(JSON_SHAPES)(status, code, text);
}
