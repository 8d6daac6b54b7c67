import { describe, expect, it } from 'vitest';
import { judge, wrongContacts } from './judge.ts';
import type { Measurement } from './measure.ts';

const expected = new Map([
  [
    '447700900001',
    { name: 'Ada', email: 'ada@example.test', fields: { visa_quantity: 2, entry_date: '2025-10-01' } },
  ],
]);
const right = {
  id: '447700900001',
  name: 'Ada',
  email: 'ada@example.test',
  fields: { visa_quantity: 2, entry_date: '2025-10-01' },
};

function measured(total: number, contacts = [right]): Measurement {
  return { name: 'ours', calls: {}, total, cpuMsPerSyncedOrder: 1, contacts };
}

function failuresOf(measurement: Measurement, floor: number): string[] {
  return judge([measurement], [{ measurement, floor }], floor, expected, 'plan');
}

describe('judge', () => {
  it('passes what lies between the floor and 1.05 times the floor', () => {
    expect(failuresOf(measured(100), 100)).toEqual([]);
    expect(failuresOf(measured(105), 100)).toEqual([]);
  });

  it('fails a total below the floor, whoever made it', () => {
    expect(failuresOf(measured(99), 100)).not.toEqual([]);
    const other = { ...measured(99), name: 'other' };
    expect(judge([other], [], 100, expected, 'plan')).toEqual(['other: 99 calls are below the floor of 100']);
  });

  it('fails our engine above 1.05 times the floor, and only ours', () => {
    expect(failuresOf(measured(106), 100)).toHaveLength(1);
    expect(judge([measured(300)], [], 100, expected, 'plan')).toEqual([]);
  });

  it('fails when a contact of our engine is not as it must be', () => {
    expect(failuresOf(measured(100, []), 100)).toEqual(['ours: 1 contacts differ from what they must be']);
  });
});

describe('wrongContacts', () => {
  it.each([
    ['another name', { ...right, name: 'Eve' }],
    ['another e-mail address', { ...right, email: 'eve@example.test' }],
    ['another value', { ...right, fields: { ...right.fields, visa_quantity: 3 } }],
    ['a value that was not cleared', { ...right, fields: { ...right.fields, branch: 'il' } }],
    ['a missing value', { ...right, fields: { visa_quantity: 2, branch: 'il' } }],
  ])('counts %s', (_, contact) => {
    expect(wrongContacts([contact], expected, 'plan')).toBe(1);
  });

  it('counts a contact too many', () => {
    expect(wrongContacts([right, { ...right, id: '1' }], expected, 'plan')).toBe(1);
  });

  it('reads values as v1.1 keeps them', () => {
    const encoded = { ...right, fields: { visa_quantity: '2', entry_date: '1759276800' } };
    expect(wrongContacts([encoded], expected, 'v1.1')).toBe(0);
    expect(wrongContacts([right], expected, 'v1.1')).toBe(1);
  });
});
