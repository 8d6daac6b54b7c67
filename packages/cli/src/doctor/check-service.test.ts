import { createSimulator } from '@visanet/cbb-testkit';
import { describe, expect, it } from 'vitest';
import { live, useDoctor } from '../../test/doctor-bench.ts';

const bench = useDoctor();

describe('the service', () => {
  it('speaks another contract than the configured one', async () => {
    const { code, of } = await bench.examine(live(), { CBB_API_CONTRACT: 'plan' });
    expect(code).toBe(1);
    expect(of('contract')).toMatchObject([{ state: 'failure', remedy: 'set CBB_API_CONTRACT=v1.1' }]);
  });

  it.each([
    ['plan', createSimulator({ seed: 1 })],
    ['v1.1', live()],
  ])('rejects the key on %s', async (_, simulator) => {
    const { code, of, stderr } = await bench.examine(simulator, { CBB_API_KEY: 'wrong-key' });
    expect(code).toBe(1);
    expect(of('key')).toMatchObject([{ state: 'failure', remedy: expect.stringContaining('CBB_API_KEY') }]);
    expect(JSON.stringify(of('key')) + stderr).not.toContain('wrong-key');
  });

  it('does not answer', async () => {
    const { code, of } = await bench.examine(live(), { CBB_API_URL: 'http://127.0.0.1:1/api' });
    expect(code).toBe(1);
    expect(of('contract')).toMatchObject([
      { state: 'failure', remedy: expect.stringContaining('CBB_API_URL') },
    ]);
  });

  it('accepts a key of another account: only the expected account tells', async () => {
    const unsaid = await bench.examine(live());
    expect(unsaid.of('key')).toMatchObject([
      { state: 'warning', remedy: expect.stringContaining('CBB_ACCOUNT_ID=1000001') },
    ]);
    const other = await bench.examine(live(), { CBB_ACCOUNT_ID: '7' });
    expect(other.code).toBe(1);
    expect(other.of('key')).toMatchObject([
      { state: 'failure', message: expect.stringContaining('not of 7') },
    ]);
  });
});
