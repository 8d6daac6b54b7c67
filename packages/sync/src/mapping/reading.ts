import type { FieldValue } from '../ports/contact-gateway.ts';
import { cleanText } from './clean-text.ts';
import type { FieldProblem } from './mapping.ts';

/** What came of reading one value of an order. */
export type Reading<V extends FieldValue = FieldValue> =
  | { readonly kind: 'value'; readonly value: V }
  | { readonly kind: 'missing' }
  /** Something was there that cannot be used. */
  | { readonly kind: 'problem'; readonly problem: FieldProblem['problem'] };

export const missing = { kind: 'missing' } as const;

export function value<V extends FieldValue>(read: V): Reading<V> {
  return { kind: 'value', value: read };
}

export function problem(found: FieldProblem['problem']): Reading<never> {
  return { kind: 'problem', problem: found };
}

/** Null and undefined are absent, which is no problem; a text without content is one, of any type; else null. */
export function readNothing(raw: unknown): Exclude<Reading, { kind: 'value' }> | null {
  if (raw === null || raw === undefined) return missing;
  return typeof raw === 'string' && cleanText(raw) === '' ? { kind: 'problem', problem: 'empty' } : null;
}
