import type { Answer } from './contract.ts';

export function jsonAnswer(status: number, value: unknown, contentType = 'application/json'): Answer {
  return { status, contentType, body: JSON.stringify(value) };
}

export function textAnswer(status: number, body: string, contentType = 'text/plain'): Answer {
  return { status, contentType, body };
}

export function emptyAnswer(status: number): Answer {
  return { status, contentType: null, body: '' };
}

/** Adds headers to an answer. */
export function withHeaders(answer: Answer, headers: Readonly<Record<string, string>>): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
