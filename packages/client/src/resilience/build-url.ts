import { err, ok, type Result } from 'neverthrow';
import type { Failure } from '../errors/failure.ts';
import type { Operation } from './operation.ts';

export interface UrlParts {
  /** Values of the path template's parameters. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
}

const unusable: Failure = { kind: 'invalid_request', reason: 'a path or query parameter is unusable' };

/** Fills the template. A value can change nothing but its own segment: `..` and `''` would, and are refused. */
export function buildUrl(baseUrl: string, operation: Operation, parts: UrlParts): Result<string, Failure> {
  const params = new Map(Object.entries(parts.params ?? {}));
  try {
    const path = operation.pathTemplate.replace(/\{([^{}]+)\}/g, (_, name: string) => {
      const value = params.get(name);
      if (value === undefined || /^\.{0,2}$/.test(value)) throw new URIError();
      return encodeURIComponent(value);
    });
    const query = Object.entries(parts.query ?? {})
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
      .join('&');
    return ok(`${baseUrl}${path}${query === '' ? '' : `?${query}`}`);
  } catch {
    // Lone surrogates cannot be encoded either.
    return err(unusable);
  }
}

/** Whether the URL is the operation's, and not that of another host or of another path by a trick in a parameter. */
export function isUrlOf(url: string, baseUrl: string, operation: Operation): boolean {
  const base = new URL(baseUrl);
  const { origin, pathname } = new URL(url);
  const prefix = base.pathname.replace(/\/$/, '');
  const pattern = (prefix + operation.pathTemplate)
    .split('/')
    .map((segment) => segment.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^{}]+\}/g, '[^/]+'))
    .join('/');
  return origin === base.origin && new RegExp(`^${pattern}$`).test(pathname);
}

/** Whether a parameter turned the URL into that of another operation: a flow whose id is `text` is a text message. */
export function isUrlOfAnother(
  url: string,
  baseUrl: string,
  operation: Operation,
  operations: readonly Operation[],
): boolean {
  return operations.some(
    (other) =>
      other.method === operation.method &&
      parametersOf(other) < parametersOf(operation) &&
      isUrlOf(url, baseUrl, other),
  );
}

const parametersOf = ({ pathTemplate }: Operation) => pathTemplate.split('{').length;
