import type { CallScope } from './call-scope.ts';

/** Numbers the calls of a client. Ids are told apart across processes by their chance beginning, and decide nothing. */
export function createScopeOpener(): () => CallScope {
  let prefix = '';
  let calls = 0;
  return () => {
    // Not earlier: edge runtimes have no chance before the first request.
    prefix ||= Math.random().toString(36).slice(2, 10).padEnd(8, '0');
    calls += 1;
    return { id: `${prefix}-${calls}`, requests: 0, response: null };
  };
}
