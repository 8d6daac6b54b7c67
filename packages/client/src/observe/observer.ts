import { callHook, type Hooks } from './hooks.ts';
import type { Logger, LogLine } from './logger.ts';
import * as lines from './logger.ts';

/** Tells hooks and logger. */
export type Observer = { readonly [K in keyof Hooks]-?: NonNullable<Hooks[K]> };

export function createObserver(hooks: Hooks, logger: Logger | undefined): Observer {
  const log = ({ level, text }: LogLine) => logger?.[level](`[cbb-client] ${text}`);
  const tell =
    <E>(hook: ((event: E) => void) | undefined, lineOf: (event: E) => LogLine) =>
    (event: E) => {
      callHook(hook, event);
      if (logger !== undefined) callHook(() => log(lineOf(event)), event);
    };
  return {
    onRequest: tell(hooks.onRequest, lines.requestLine),
    onResponse: tell(hooks.onResponse, lines.responseLine),
    onRetry: tell(hooks.onRetry, lines.retryLine),
    onRefusal: tell(hooks.onRefusal, lines.refusalLine),
    onCircuitChange: tell(hooks.onCircuitChange, lines.circuitLine),
    onPause: tell(hooks.onPause, lines.pauseLine),
  };
}
