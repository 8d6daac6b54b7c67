import { describe, expect, it } from 'vitest';
import { FakeService } from '../../test/world/fake-service.ts';
import { ticketMapping } from '../../test/world/ticket.ts';
import { createMemoryStore } from '../memory-store/create-memory-store.ts';
import { createSyncEngine } from './create-sync-engine.ts';

const good = {
  store: createMemoryStore({ mapping: ticketMapping }),
  gateway: new FakeService(),
  mapping: ticketMapping,
};

function problemOf(options: object): string {
  try {
    createSyncEngine({ ...good, ...options });
  } catch (error) {
    if (error instanceof TypeError) return error.message;
  }
  return '';
}

describe('options', () => {
  it('have safe defaults', () => {
    const engine = createSyncEngine(good);
    expect(engine.mode).toBe('on');
    expect(engine.leaseMs).toBe(60_000);
  });

  it('are refused all at once, unknown ones too, without repeating values', () => {
    const message = problemOf({ leaseMs: -1, hashSecret: 'short', colour: 'red', random: 7 });
    for (const name of ['leaseMs', 'hashSecret', 'colour', 'random']) expect(message).toContain(name);
    expect(message).not.toContain('short"');
    expect(message).not.toContain('red');
  });

  it('must let a request end within the lease', () => {
    expect(problemOf({ leaseMs: 1_000, callDeadlineMs: 901 })).toContain('callDeadlineMs: must end before');
    expect(problemOf({ leaseMs: 1_000, callDeadlineMs: 900 })).toBe('');
    expect(problemOf({ leaseMs: 1_000 })).toBe('');
  });

  it.each([
    ['store', { store: {} }],
    ['gateway', { gateway: null }],
    ['mapping', { mapping: undefined }],
    ['mode', { mode: 'maybe' }],
    ['rolloutPercent', { rolloutPercent: 101 }],
    ['maxWaitMs', { maxWaitMs: -1 }],
    ['maxAttempts', { maxAttempts: 0 }],
    ['backoffBaseMs', { backoffBaseMs: 0 }],
    ['backoffMaxMs', { backoffMaxMs: 0.5 }],
    ['maxCrashes', { maxCrashes: 0 }],
    ['lookFirst', { lookFirst: 'yes' }],
    ['alwaysCheckWhatsApp', { alwaysCheckWhatsApp: 1 }],
    ['whatsAppMaxAgeMs', { whatsAppMaxAgeMs: 0 }],
    ['verifyAfterMs', { verifyAfterMs: 0 }],
    ['unkeyedLimit', { unkeyedLimit: 1_001 }],
    ['claimVisibilityMs', { claimVisibilityMs: 0 }],
    ['clock', { clock: {} }],
    ['onEvent', { onEvent: 'log' }],
  ])('refuse a bad %s by name', (name, options) => {
    expect(problemOf(options)).toContain(name);
  });
});
