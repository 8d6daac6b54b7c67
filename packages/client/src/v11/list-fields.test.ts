import { createSimulator, type Simulator, startSimulatorServer } from '@visanet/cbb-testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ContactGateway, createCbbClient } from '../index.ts';

const phone = '447700900123';

describe.each(['fields', 'upsert', 'actions'] as const)(
  'a select of which no options are told, by %s',
  (updateStrategy) => {
    let simulator: Simulator;
    let contacts: ContactGateway;
    let close: () => Promise<void>;
    beforeEach(async () => {
      simulator = createSimulator({
        contract: 'v1.1',
        fieldOptionsTold: false,
        customFields: [
          { name: 'language', type: 'select', options: ['en', 'he'] },
          { name: 'notes', type: 'long_text' },
        ],
      });
      simulator.putContact({ id: phone });
      const server = await startSimulatorServer(simulator);
      close = server.close;
      const options = {
        contract: 'v1.1',
        apiKey: simulator.apiKey,
        baseUrl: server.url,
        updateStrategy,
      } as const;
      ({ contacts } = createCbbClient(options));
    });
    afterEach(async () => {
      await close();
      simulator.assertNoViolations();
    });

    const write = (language: string) => contacts.update(phone, { set: { language, notes: 'x' }, clear: [] });
    const lookUps = () => simulator.counts.getContact ?? 0;

    it('reads a value back once', async () => {
      for (const language of ['en', 'en', 'he', 'en']) (await write(language))._unsafeUnwrap();
      expect(lookUps()).toBe(2);
    });

    it('never reports a value that was dropped, and does not try it for ever', async () => {
      (await write('en'))._unsafeUnwrap();
      const first = (await write('fr'))._unsafeUnwrapErr();
      expect(first).toMatchObject({ kind: 'partial_write', missingFields: ['language'], retryable: true });
      const second = (await write('fr'))._unsafeUnwrapErr();
      expect(second).toMatchObject({ kind: 'partial_write', missingFields: ['language'], retryable: false });
      const before = simulator.journal.length;
      const third = (await write('fr'))._unsafeUnwrapErr();
      expect(third).toMatchObject({ kind: 'invalid_request', retryable: false, effect: 'none' });
      expect(third.message).toContain('language');
      expect(third.message).not.toContain('fr,');
      expect(simulator.journal).toHaveLength(before);
      (await write('he'))._unsafeUnwrap();
    });

    it('does not report a value that could not be read back', async () => {
      simulator.failNext({ kind: 'server_error' }, { operationId: 'getContact' }, 3);
      const error = (await write('en'))._unsafeUnwrapErr();
      expect(error).toMatchObject({
        kind: 'partial_write',
        missingFields: ['language'],
        stoppedBy: 'unavailable',
      });
      (await write('en'))._unsafeUnwrap();
    });
  },
);
