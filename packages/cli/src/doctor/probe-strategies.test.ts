import { createSimulator } from '@visanet/cbb-testkit';
import { describe, expect, it } from 'vitest';
import { live, useDoctor } from '../../test/doctor-bench.ts';

const bench = useDoctor();

describe('--probe-contact', () => {
  const phone = '447700900123';
  const probe = [`--probe-contact=${phone}`];

  it('proves the strategies, says which to set, and leaves the contact as it was', async () => {
    const simulator = live();
    simulator.putContact({ id: phone, phone, fields: { urgency: 'express' } });
    const { code, of } = await bench.examine(simulator, {}, probe);
    expect(code).toBe(0);
    expect(of('update strategy')).toMatchObject([
      {
        state: 'ok',
        message: 'proven: upsert, actions, fields; test contact 447700***123',
        remedy: 'start workers with --update-strategy=upsert',
      },
    ]);
    expect(simulator.contacts.get(phone)?.fields).toMatchObject({ urgency: 'express' });
    expect(
      Object.values(simulator.contacts.get(phone)?.fields ?? {}).filter((value) => value !== null),
    ).toEqual(['express']);
    expect(simulator.messages).toEqual([]);
  });

  it('is not taken in by a success that changed nothing', async () => {
    const simulator = live({ existingPhone: 'ignored', contentActions: false });
    const { of } = await bench.examine(simulator, {}, probe);
    expect(of('update strategy')).toMatchObject([
      {
        message: expect.stringMatching(/^proven: fields; not proven: upsert, actions; .* was created for it/),
        remedy: 'start workers with --update-strategy=fields',
      },
    ]);
  });

  it('finds the second best', async () => {
    const { of } = await bench.examine(live({ existingPhone: 'refused' }), {}, probe);
    expect(of('update strategy')[0]?.remedy).toBe('start workers with --update-strategy=actions');
  });

  it('needs a valid phone, and a contract with strategies', async () => {
    const invalid = await bench.examine(live(), {}, ['--probe-contact=12']);
    expect(invalid.of('update strategy')).toMatchObject([{ state: 'failure' }]);
    const plan = await bench.examine(createSimulator(), {}, probe);
    expect(plan.of('update strategy')).toMatchObject([
      { state: 'ok', message: expect.stringContaining('plan') },
    ]);
  });
});
