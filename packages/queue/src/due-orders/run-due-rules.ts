import { type OptionRules, optional, rule, wholeNumber } from '@visanet/cbb-sync';

/** Of the options of `runDue`, wherever it is offered. */
export const runDueRules: OptionRules = {
  budgetMs: wholeNumber(1),
  reserveMs: optional(wholeNumber(0)),
  limit: optional(wholeNumber(1)),
  concurrency: optional(wholeNumber(1, 1_000)),
  signal: optional(rule('must be an AbortSignal', (value) => value instanceof AbortSignal)),
};
