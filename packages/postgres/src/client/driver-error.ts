/** What may be told of a driver's error: codes and identifiers. Its words may hold values of a row. */
export interface DriverError {
  /** Of the SQL standard; null where the server did not answer with one. */
  readonly sqlState: string | null;
  /** Of the runtime, e.g. `ECONNREFUSED`. */
  readonly code: string | null;
  /** That the server put into fields of their own. */
  readonly names: { readonly table?: string; readonly column?: string; readonly constraint?: string };
  /** To be looked at; nothing of it is passed on but what a pattern of identifiers takes out. */
  readonly words: string;
}

const identifier = /^[A-Za-z_][A-Za-z0-9_$]{0,62}$/;
const deepest = 5;

function textAt(error: object, name: string): string {
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : '';
}

/** Wrappers of a host's tools keep the driver's error as `cause`; several addresses of a host fail as `errors`. */
function within(error: object): unknown {
  const list: unknown = Reflect.get(error, 'errors');
  return Array.isArray(list) && list.length > 0 ? list[0] : Reflect.get(error, 'cause');
}

/** Five characters, as are a few codes of the runtime (`EPIPE`). */
const isSqlState = (code: string) => /^[0-9A-Z]{5}$/.test(code) && !/^E[A-Z]{4}$/.test(code);
const isRuntimeCode = (code: string) => /^[A-Z][A-Z0-9_]{3,60}$/.test(code);

function namesOf(error: object): DriverError['names'] {
  const names = ['table', 'column', 'constraint'] as const;
  const told = names.map((name) => [name, textAt(error, name)] as const);
  return Object.fromEntries(told.filter(([, text]) => identifier.test(text)));
}

/** The error itself, or the first within it that has a code. */
export function readDriverError(error: unknown): DriverError {
  let first: string | undefined;
  let candidate = error;
  for (let depth = 0; depth < deepest && typeof candidate === 'object' && candidate !== null; depth += 1) {
    const code = textAt(candidate, 'code');
    const words = textAt(candidate, 'message');
    if (isSqlState(code)) return { sqlState: code, code: null, names: namesOf(candidate), words };
    if (isRuntimeCode(code)) return { sqlState: null, code, names: {}, words };
    first ??= words;
    candidate = within(candidate);
  }
  return { sqlState: null, code: null, names: {}, words: first ?? '' };
}
