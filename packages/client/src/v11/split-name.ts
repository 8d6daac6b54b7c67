/** The service keeps two names: the first word, and whatever follows it. */
export function splitName(name: string): { readonly first_name?: string; readonly last_name?: string } {
  const [first = '', ...rest] = name.trim().split(/\s+/u);
  if (first === '') return {};
  return rest.length === 0 ? { first_name: first } : { first_name: first, last_name: rest.join(' ') };
}
