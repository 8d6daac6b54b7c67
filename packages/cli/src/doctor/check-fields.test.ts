import { presetOf } from '@visanet/cbb-host';
import { describe, expect, it } from 'vitest';
import { live, useDoctor } from '../../test/doctor-bench.ts';

const bench = useDoctor();

describe('custom fields', () => {
  const some = [
    { name: 'visa_quantity', type: 'text' },
    { name: 'branch', type: 'text' },
    { name: 'branch', type: 'text' },
  ] as const;

  it('are missing, of a wrong type, or there twice', async () => {
    const simulator = live({ customFields: some });
    const { code, of } = await bench.examine(simulator);
    expect(code).toBe(1);
    const [missing, ...others] = of('custom fields');
    expect(missing).toMatchObject({ state: 'failure', remedy: 'cbb doctor --create-fields' });
    expect(missing?.message).toContain('entry_date (date)');
    expect(missing?.message).toContain('order_date_time (datetime)');
    expect(others).toMatchObject([
      { state: 'failure', message: 'visa_quantity is of type text, but must be number' },
      { state: 'warning', message: 'branch stands 2 times' },
    ]);
    expect(simulator.counts.createCustomField).toBeUndefined();
  });

  it('are created where that is asked', async () => {
    const simulator = live({ customFields: [{ name: 'visa_quantity', type: 'number' }] });
    const created = await bench.examine(simulator, {}, ['--create-fields']);
    expect(created.code).toBe(0);
    expect(created.of('custom fields')[0]?.message).toContain(
      'created: customer_name, OrderNumber, visa_country',
    );
    expect(simulator.counts.createCustomField).toBe(presetOf('v1.1').mapping.fieldNames.length - 1);
    expect((await bench.examine(simulator)).of('custom fields')).toMatchObject([{ state: 'ok' }]);
  });
});
