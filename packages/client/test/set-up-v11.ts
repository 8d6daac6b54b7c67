import { createCbbClient, type V11Client, type V11ClientOptions } from '../src/index.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { type ScriptedFetch, type Step, scriptFetch } from './scripted-fetch.ts';
import { createV11Service, type V11Service } from './v11-service.ts';

export const phone = '447700900123';

export interface ServiceSetUp {
  readonly client: V11Client;
  readonly clock: ManualClock;
  readonly service: V11Service;
}

const fixed = { contract: 'v1.1', apiKey: '1000001.secret', random: () => 0.5 } as const;

/** A client of a service in memory. */
export function setUpService(options: Partial<V11ClientOptions> = {}): ServiceSetUp {
  const clock = createManualClock();
  const service = createV11Service();
  const client = createCbbClient({ ...fixed, clock, fetch: service.fetch, ...options });
  return { client, clock, service };
}

/** A client of a service that plays the given answers. */
export function setUpScript(
  steps: readonly Step[],
  options: Partial<V11ClientOptions> = {},
): ScriptedFetch & Omit<ServiceSetUp, 'service'> {
  const clock = createManualClock();
  const script = scriptFetch(clock, ...steps);
  const client = createCbbClient({ ...fixed, clock, fetch: script.fetch, ...options });
  return { client, clock, ...script };
}
