import type { Classify } from '../answer/http-answer.ts';
import { createScopeOpener } from '../call/open-scope.ts';
import { createObserver } from '../observe/observer.ts';
import { createTracing } from '../observe/tracing.ts';
import { backoffCeilingMs } from '../resilience/backoff.ts';
import { lowerCased } from '../resilience/call-options.ts';
import type { Operation } from '../resilience/operation.ts';
import { createKeyReader, type KeyHeaders } from '../resilience/read-key.ts';
import { createTransport, type Transport } from '../resilience/transport.ts';
import type { SharedGate } from './create-gate.ts';
import type { CommonSettings } from './settings.ts';
import { userAgentHeader } from './user-agent.ts';

/** The transport that a contract's client stands on: the settings, how the key is sent, how answers are judged. */
export function createClientTransport(
  settings: CommonSettings,
  gate: SharedGate,
  contract: {
    readonly keyHeaders: (key: string) => KeyHeaders;
    readonly classify: Classify;
    readonly operations: readonly Operation[];
  },
): Transport {
  const { clock, fetch, random, retry, deadlineMs, maxWaitMs, timeoutMs } = settings;
  return createTransport({
    ...gate,
    baseUrl: settings.baseUrl,
    operations: contract.operations,
    headers: {
      ...userAgentHeader(settings.userAgent),
      ...lowerCased(settings.headers),
      accept: 'application/json',
    },
    readKey: createKeyReader(settings.apiKey, contract.keyHeaders, clock),
    openScope: createScopeOpener(),
    observer: createObserver(settings.hooks, settings.logger),
    trace: createTracing(settings.tracer),
    fairTimeMs: Math.min(1_000, Math.min(timeoutMs, deadlineMs) / 2),
    maxRetryAfterMs: settings.maxRetryAfterMs,
    limits: { deadlineMs, maxWaitMs, timeoutMs },
    retry,
    unaskedPauseMs: (attempt) => backoffCeilingMs(retry, attempt),
    classify: contract.classify,
    clock,
    random,
    fetch,
  });
}
