import { describe, expect, it } from 'vitest';
import type { Operation } from '../resilience/operation.ts';
import type { CbbErrorKind } from './cbb-error.ts';
import { createError } from './create-error.ts';
import type { Failure } from './failure.ts';
import { CbbException, isCbbException, toException } from './to-exception.ts';

const operation = (intent: Operation['intent']): Operation => ({
  name: 'doThing',
  method: 'POST',
  pathTemplate: '/things/{id}',
  intent,
});

/** Kind, whether a retry can help, and what became of a write. */
const table: readonly (readonly [Exclude<CbbErrorKind, 'partial_write'>, boolean, 'none' | 'unknown'])[] = [
  ['network', true, 'unknown'],
  ['timeout', true, 'unknown'],
  ['aborted', true, 'unknown'],
  ['unauthorized', false, 'none'],
  ['not_found', false, 'none'],
  ['conflict', false, 'none'],
  ['invalid_request', false, 'none'],
  ['rate_limited', true, 'none'],
  ['unavailable', true, 'unknown'],
  ['circuit_open', true, 'none'],
  ['unexpected_body', true, 'unknown'],
];

describe('createError', () => {
  it.each(table)('%s: retryable %s, effect of a write %s', (kind, retryable, effect) => {
    for (const intent of ['create', 'update', 'message'] as const) {
      const error = createError({ kind }, operation(intent));
      expect(error).toMatchObject({
        kind,
        retryable,
        effect,
        operation: 'doThing',
        pathTemplate: '/things/{id}',
      });
    }
    expect(createError({ kind }, operation('read')).effect).toBe('none');
  });

  it('names the missing fields of a partial write', () => {
    const error = createError({ kind: 'partial_write', missingFields: ['a', 'b'] }, operation('update'));
    expect(error).toMatchObject({ retryable: true, effect: 'unknown', missingFields: ['a', 'b'] });
  });

  it('makes plain frozen objects without empty members', () => {
    const failures: Failure[] = [{ kind: 'network' }, { kind: 'partial_write', missingFields: ['a'] }];
    for (const failure of failures) {
      const error = createError(failure, operation('update'));
      expect(Object.getPrototypeOf(error)).toBe(Object.prototype);
      expect(Object.isFrozen(error)).toBe(true);
      expect(Object.values(error)).not.toContain(undefined);
      if (error.kind === 'partial_write') expect(Object.isFrozen(error.missingFields)).toBe(true);
    }
  });

  it('says what happened, where, and with which status', () => {
    const failure: Failure = { kind: 'unavailable', status: 503, retryAfterMs: 1_000 };
    expect(createError(failure, operation('update'))).toMatchObject({
      message: '[cbb-client] the service is unavailable (doThing, HTTP 503)',
      status: 503,
      retryAfterMs: 1_000,
    });
  });
});

describe('toException', () => {
  const error = createError({ kind: 'conflict', status: 409 }, operation('create'));

  it('makes an Error that carries the value', () => {
    const exception = toException(error);
    expect(exception).toBeInstanceOf(Error);
    expect(exception).toBeInstanceOf(CbbException);
    expect(exception.error).toBe(error);
    expect([exception.name, exception.message]).toEqual(['CbbException', error.message]);
    expect(exception.cause).toBeUndefined();
  });

  it('is recognised by its brand, also from another copy of the package', () => {
    expect(isCbbException(toException(error))).toBe(true);
    expect(isCbbException({ [Symbol.for('@visanet/cbb-client/exception')]: true })).toBe(true);
    for (const other of [new Error('x'), null, undefined, 'CbbException', { name: 'CbbException' }]) {
      expect(isCbbException(other)).toBe(false);
    }
  });
});
