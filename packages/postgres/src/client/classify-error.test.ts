import { describe, expect, it } from 'vitest';
import { classifyError, isLockConflict } from './classify-error.ts';

const secret = 'Secretary';
const failed = (fields: object, words = `says ${secret}`) => Object.assign(new Error(words), fields);

describe('an error of the driver', () => {
  it.each([
    [failed({ code: 'ECONNREFUSED', syscall: 'connect' }), 'refused', true],
    [failed({ code: 'ENOTFOUND', hostname: secret }), 'host_unknown', true],
    [failed({ code: 'EAI_AGAIN' }), 'host_unknown', true],
    [failed({ code: 'ETIMEDOUT' }), 'timeout', true],
    [failed({ code: 'EPIPE' }), 'lost', true],
    [failed({ code: 'ECONNRESET' }), 'lost', true],
    [failed({ code: 'SELF_SIGNED_CERT_IN_CHAIN' }), 'refused', false],
    [failed({ code: 'ERR_INVALID_URL', input: secret }), 'refused', false],
    [failed({}, 'timeout exceeded when trying to connect'), 'timeout', true],
    [failed({}, 'Connection terminated due to connection timeout'), 'timeout', true],
    [failed({}, 'Query read timeout'), 'timeout', true],
    [failed({}, 'Connection terminated unexpectedly'), 'lost', true],
    [failed({}, 'SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string'), 'password', false],
    [failed({ code: 'XX000' }, 'Tenant or user not found'), 'password', false],
    [failed({ code: '08P01' }, `no such database: ${secret}`), 'database_missing', false],
    [
      failed({ code: '08P01' }, 'no more connections allowed (max_client_conn)'),
      'too_many_connections',
      true,
    ],
    [failed({ code: '28P01' }), 'password', false],
    [failed({ code: '28000' }), 'password', false],
    [failed({ code: '3D000' }), 'database_missing', false],
    [failed({ code: '53300' }), 'too_many_connections', true],
    [failed({ code: '57014' }), 'timeout', true],
    [failed({ code: '57P01' }), 'lost', true],
    [failed({ code: '57P03' }), 'refused', true],
    [failed({ code: '08006' }), 'lost', true],
    [failed({ code: '55P03' }), 'timeout', true],
    [failed({ code: '25006' }), 'statement', true],
    [failed({ code: '42501' }), 'permission', false],
    [failed({ code: '42804' }), 'statement', false],
    [failed({ code: '23514' }), 'statement', false],
    [failed({ code: 'P0001' }), 'statement', false],
    [failed({ code: '22012' }), 'statement', false],
    [failed({}), 'lost', true],
    [secret, 'lost', true],
    [undefined, 'lost', true],
  ])('%# is told by its cause, with a remedy and none of its words', (error, cause, retryable) => {
    const told = classifyError(error);
    const kind = retryable ? 'store_unavailable' : 'store_misconfigured';
    expect(told).toMatchObject({ kind, cause, retryable });
    expect(told.message).toMatch(/^\[cbb-postgres\] [A-Z].*\. [A-Z].*\.$/);
    expect(told.remedy).toMatch(/\.$/);
    expect(JSON.stringify(told)).not.toContain(secret);
  });

  it('is found within the errors of the tools around the driver', () => {
    const inner = failed({ code: '42P01' }, 'relation "public.orders" does not exist');
    const wrapped = new Error(secret, { cause: new AggregateError([inner]) });
    expect(classifyError(wrapped)).toMatchObject({ sqlState: '42P01', table: 'orders' });
    expect(isLockConflict(new Error('', { cause: failed({ code: '40P01' }) }))).toBe(true);
  });

  it.each([
    ['42703', 'column o.cbb_sync_status does not exist', { column: 'cbb_sync_status' }],
    ['42703', 'column "Sync" does not exist', { column: 'Sync' }],
    ['42703', 'column "a" of relation "orders" does not exist', { column: 'a', table: 'orders' }],
    ['42703', 'record "new" has no field "country"', { column: 'country' }],
    ['42P01', 'relation "cbb.ledger" does not exist', { table: 'ledger' }],
    ['42501', 'permission denied for table orders', { table: 'orders' }],
    ['42501', 'must be owner of table orders', { table: 'orders' }],
  ])('names what Postgres names in its words (%s: %s)', (code, words, names) => {
    const told = classifyError(failed({ code }, words));
    expect(told).toMatchObject({ ...names, sqlState: code });
    for (const name of Object.values(names)) expect(told.message).toContain(name);
  });

  it.each([
    'column "a b" does not exist',
    'relation "orders" does not exist, says Secretary',
    'Spalte »cbb« existiert nicht',
  ])('takes no name that is not plainly one (%s)', (words) => {
    const told = classifyError(failed({ code: '42703' }, words));
    expect([told.column, told.table]).toEqual([undefined, undefined]);
  });

  it('names table, column and constraint that the server names apart', () => {
    const fields = {
      code: '23514',
      table: 'orders',
      constraint: 'check_status',
      column: 'a b',
      detail: secret,
    };
    const told = classifyError(failed(fields));
    expect(told).toMatchObject({ table: 'orders', constraint: 'check_status', sqlState: '23514' });
    expect(told.message).toContain('check_status of orders (SQLSTATE 23514)');
    expect(told.column).toBeUndefined();
  });

  it('tells a rule of row-level security from a permission', () => {
    const words = 'new row violates row-level security policy for table "orders"';
    expect(classifyError(failed({ code: '42501' }, words))).toMatchObject({
      cause: 'row_security',
      table: 'orders',
    });
  });
});
