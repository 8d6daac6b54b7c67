import { isBrowser } from './browser.ts';

/** Put in by the build. */
declare const __CBB_CLIENT_VERSION__: string | undefined;

/** `development` where the sources run as they are. */
const version = typeof __CBB_CLIENT_VERSION__ === 'string' ? __CBB_CLIENT_VERSION__ : 'development';

/** Browsers name themselves, and some would first ask the service for leave to send this name. */
export function userAgentHeader(prefix: string | undefined): Readonly<Record<string, string>> {
  if (isBrowser()) return {};
  const own = `visanet-cbb-client/${version}`;
  return { 'user-agent': prefix ? `${prefix} ${own}` : own };
}
