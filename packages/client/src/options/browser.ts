import type { Logger } from '../observe/logger.ts';

/** Whether this runs in a page; workers of a page are not told apart from edge runtimes. */
export function isBrowser(): boolean {
  return 'window' in globalThis && 'document' in globalThis;
}

let warned = false;

/** Once for each page, whatever number of clients it makes. */
export function warnOfBrowser({ allowBrowser, logger }: BrowserSettings): void {
  if (allowBrowser || warned || !isBrowser()) return;
  warned = true;
  try {
    (logger ?? console).warn(
      '[cbb-client] whoever opens this page can read the API key in it and use it: keep the key on a server, or set allowBrowser: true if nobody else has the page',
    );
  } catch {
    // A logger has no say in the client.
  }
}

interface BrowserSettings {
  readonly allowBrowser: boolean;
  readonly logger?: Logger | undefined;
}
