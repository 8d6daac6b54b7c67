import type { Contract } from '../contract/contract.ts';
import type { World, WorldState } from '../contract/world.ts';
import { createFaultChooser, type FaultChooser } from '../faults/choose-faults.ts';
import { createJournal, type Journal } from '../journal/journal.ts';
import type { Violation } from '../openapi/violation.ts';
import { createPlanContract } from '../plan/plan-contract.ts';
import { createV11Contract } from '../v11/v11-contract.ts';
import { createRandom } from './random.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';
import type { Settings } from './simulator-options.ts';

/** All that changes between two resets. */
export interface Session {
  readonly state: WorldState;
  readonly contract: Contract;
  readonly journal: Journal;
  readonly chooser: FaultChooser;
  readonly violations: Violation[];
  rateLimit: RateLimit | null;
}

export function startSession(settings: Settings): Session {
  const state: WorldState = {
    contacts: new Map(),
    customFields: settings.customFields.map((field, index) => ({ id: String(100_001 + index), ...field })),
    tags: [],
    flows: [{ id: '300001', name: 'Order confirmation' }],
    messages: [],
  };
  const world: World = {
    state,
    accountId: settings.accountId,
    random: createRandom(settings.seed, 'answers'),
    wallNowMs: settings.wallNowMs,
    hasWhatsApp: settings.hasWhatsApp,
  };
  return {
    state,
    contract:
      settings.contract === 'plan' ? createPlanContract(world, settings) : createV11Contract(world, settings),
    journal: createJournal(settings.journalLimit),
    chooser: createFaultChooser(settings.faults, createRandom(settings.seed, 'faults')),
    violations: [],
    rateLimit: rateLimitOf(settings.rateLimitPerMinute),
  };
}

export function rateLimitOf(perMinute: number | null): RateLimit | null {
  return perMinute === null ? null : createRateLimit(perMinute);
}
