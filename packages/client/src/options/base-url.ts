/** A URL with more than a path would swallow what is appended to it, or carry a second credential. */
export function isBaseUrl(value: string): boolean {
  // An empty query or fragment is no part of a parsed URL, and yet what follows would be.
  if (/[\s\\?#]/.test(value) || !/^https?:\/\//i.test(value) || !URL.canParse(value)) return false;
  const { username, password } = new URL(value);
  return `${username}${password}` === '';
}

/** Without a slash at its end. */
export function normaliseBaseUrl(value: string): string {
  return new URL(value).href.replace(/\/+$/, '');
}

/** Whether the key would travel readable to another machine. */
function isReadableOnTheWay(baseUrl: string): boolean {
  const { protocol, hostname } = new URL(baseUrl);
  return protocol === 'http:' && !/^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

/** Refuses an address to which the key would travel readable. */
export function keepsKeySecret(settings: {
  readonly baseUrl: string;
  readonly allowInsecureHttp: boolean;
}): boolean {
  return settings.allowInsecureHttp || !isReadableOnTheWay(settings.baseUrl);
}
