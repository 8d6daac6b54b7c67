import { describe, expect, it } from 'vitest';
import { failoverWithinMs, judgeStart } from './judge-start.ts';

const scope = { contract: 'v1.1', account: '7' };
const identity = { systemIdentifier: '70', timeline: 3, database: 'shop', databaseOid: '5' };
const stored = { ...scope, ...identity, adoptedAt: '2025-08-20T10:00:00Z', seenAgoMs: 30_000 };
const other = { contract: 'plan', account: 'default' };

describe('a start', () => {
  it.each([
    ['nothing proven, nothing stored', null, null, {}, { kind: 'no_scope' }],
    ['the first one', scope, null, {}, { kind: 'first', scope }],
    ['the same again', scope, stored, {}, { kind: 'same', scope }],
    ['nothing proven', null, stored, {}, { kind: 'same', scope }],
    ['another contract', other, stored, {}, { kind: 'scope_differs', stored: scope, proven: other }],
    [
      'another account',
      { contract: 'v1.1', account: '8' },
      stored,
      {},
      { kind: 'scope_differs', stored: scope, proven: { contract: 'v1.1', account: '8' } },
    ],
    ['another server', scope, stored, { systemIdentifier: '71' }, { kind: 'database_differs' }],
    [
      'another server, later',
      scope,
      stored,
      { systemIdentifier: '71', timeline: 4 },
      { kind: 'database_differs' },
    ],
    ['another database', scope, stored, { database: 'staging' }, { kind: 'database_differs' }],
    ['a database made anew', scope, stored, { databaseOid: '6' }, { kind: 'database_differs' }],
    ['an earlier timeline', scope, stored, { timeline: 2 }, { kind: 'database_differs' }],
    ['another database and account', other, stored, { database: 'staging' }, { kind: 'database_differs' }],
    ['a later timeline', scope, stored, { timeline: 4 }, { kind: 'failover', scope }],
    ['a later timeline, another account', other, stored, { timeline: 4 }, { kind: 'scope_differs' }],
    [
      'a later timeline, long after a store was seen',
      scope,
      { ...stored, seenAgoMs: failoverWithinMs + 1 },
      { timeline: 4 },
      { kind: 'database_differs' },
    ],
    ['long after a store was seen', scope, { ...stored, seenAgoMs: 1e9 }, {}, { kind: 'same', scope }],
    [
      'a server that no longer says which it is',
      scope,
      stored,
      { systemIdentifier: null, timeline: null },
      { kind: 'same', scope },
    ],
    [
      'a server that did not say which it is',
      scope,
      { ...stored, systemIdentifier: null, timeline: null },
      {},
      { kind: 'same', scope },
    ],
    [
      'a silent server, another database',
      scope,
      { ...stored, systemIdentifier: null, timeline: null },
      { systemIdentifier: null, timeline: null, database: 'staging' },
      { kind: 'database_differs' },
    ],
  ] as const)('of %s', (_, proven, row, change, judgement) => {
    const judged = judgeStart({ proven, stored: row, identity: { ...identity, ...change } });
    expect(judged).toMatchObject(judgement);
  });

  it('names what differs', () => {
    const judged = judgeStart({ proven: scope, stored, identity: { ...identity, database: 'staging' } });
    expect(judged).toEqual({
      kind: 'database_differs',
      what: 'it was the database shop and is now staging',
    });
  });
});
