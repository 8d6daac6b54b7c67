import { checkOptions, hasMethods, type OptionRules } from '@visanet/cbb-sync';

/** Throws one `TypeError` that lists every problem of a call: of its client, and of its options. */
export function checkCall(
  name: string,
  client: unknown,
  options: object | null | undefined,
  rules: OptionRules,
): void {
  checkOptions(name, { client, ...options }, { client: hasMethods('query'), ...rules });
  checkOptions(name, options, rules);
}
