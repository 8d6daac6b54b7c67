interface SeenRequest {
  readonly method: string;
  /** Path and query below the base path. */
  readonly target: string;
  readonly body: string;
}

/** The phone that a request is about, as it stands in it. */
export function phoneOfRequest({ method, target, body }: SeenRequest): string | null {
  const [path = '', query = ''] = target.split('?');
  const [collection, id] = path.split('/').filter((part) => part !== '');
  if (collection !== 'contacts') return null;
  if (id === 'find_by_custom_field') return new URLSearchParams(query).get('value');
  if (id !== undefined) return decodeURIComponent(id);
  return method === 'POST' ? (/"phone":"([^"]*)"/.exec(body)?.[1] ?? null) : null;
}
