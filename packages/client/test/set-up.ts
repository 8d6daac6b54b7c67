import type { ResultAsync } from 'neverthrow';
import {
  type CbbError,
  type CbbErrorKind,
  createCbbClient,
  type PlanClient,
  type PlanClientOptions,
} from '../src/index.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { json, type ScriptedFetch, type Step, scriptFetch } from './scripted-fetch.ts';

export const phone = '447700900123';

/** The contact of the plan's appendix. */
export const appendixContact = {
  id: phone,
  phone,
  name: 'John Doe',
  email: 'john@example.com',
  hasWhatsApp: true,
  customFields: { visa_country: 'uk', visa_type: 'tourist', visa_quantity: 1 },
  createdAt: '2025-08-20T10:00:00Z',
  updatedAt: '2025-08-20T10:00:00Z',
};

export const found = json(appendixContact);

export interface SetUp extends ScriptedFetch {
  readonly client: PlanClient;
  readonly clock: ManualClock;
}

/** A client whose time, chance and network the test holds in its hand. Waits are as long as jitter allows. */
export function setUp(steps: readonly Step[], options: Partial<PlanClientOptions> = {}): SetUp {
  const clock = createManualClock();
  const script = scriptFetch(clock, ...steps);
  const client = createCbbClient({
    contract: 'plan',
    apiKey: 'secret-key-1',
    clock,
    random: () => 1,
    fetch: script.fetch,
    ...options,
  });
  return { client, clock, ...script };
}

/** For calls that a test makes for their requests alone. */
export async function finish(
  call: ResultAsync<unknown, CbbError>,
  clock?: ManualClock,
): Promise<'ok' | CbbErrorKind> {
  const result = await (clock === undefined ? call : clock.settle(call));
  return result.isOk() ? 'ok' : result.error.kind;
}
