/** What is wrong with a scope, or nothing. */
export function scopeProblem(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return 'must be an object of contract and account';
  const parts = [Reflect.get(value, 'contract'), Reflect.get(value, 'account')];
  return parts.every((part) => typeof part === 'string' && part !== '') && Object.keys(value).length === 2
    ? undefined
    : 'must have the texts contract and account, and nothing else';
}
