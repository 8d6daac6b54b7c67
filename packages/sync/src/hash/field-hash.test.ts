import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FieldIntent } from '../mapping/mapping.ts';
import { createHasher } from './field-hash.ts';

const phone = '447700900123';

describe('a field hash', () => {
  const hasher = createHasher();

  it('is 128 bits of SHA-256 over the domain and the typed value', () => {
    const expected = createHash('sha256')
      .update('cbb-sync/field/1\0set:string:gb')
      .digest('hex')
      .slice(0, 32);
    expect(hasher.field({ kind: 'set', value: 'gb' })).toBe(expected);
  });

  it('tells values of different types, and set from cleared, apart', () => {
    const intents: readonly FieldIntent[] = [
      { kind: 'set', value: '1' },
      { kind: 'set', value: 1 },
      { kind: 'set', value: true },
      { kind: 'set', value: 'true' },
      { kind: 'set', value: '' },
      { kind: 'set', value: 'clear' },
      { kind: 'clear' },
      { kind: 'leave' },
    ];
    expect(new Set(intents.map((intent) => hasher.field(intent))).size).toBe(intents.length);
  });

  it('takes minus zero as zero, which no service can tell apart', () => {
    expect(hasher.field({ kind: 'set', value: -0 })).toBe(hasher.field({ kind: 'set', value: 0 }));
  });

  it('differs between values', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (left, right) => {
        fc.pre(left !== right);
        expect(hasher.field({ kind: 'set', value: left })).not.toBe(
          hasher.field({ kind: 'set', value: right }),
        );
      }),
    );
  });
});

describe('the domains', () => {
  it('give different hashes of the same input', () => {
    const hasher = createHasher();
    expect(hasher.text(phone)).not.toBe(hasher.tombstone(phone));
    expect(hasher.text('set:string:a')).not.toBe(hasher.field({ kind: 'set', value: 'a' }));
  });
});

describe('the secret', () => {
  it('keys fields, texts and tombstones with HMAC-SHA256', () => {
    const keyed = createHasher({ secret: 'first' });
    const expected = createHmac('sha256', 'first')
      .update(`cbb-sync/tombstone/1\0${phone}`)
      .digest('hex')
      .slice(0, 32);
    expect(keyed.tombstone(phone)).toBe(expected);
    for (const other of [createHasher(), createHasher({ secret: 'second' })]) {
      expect(other.tombstone(phone)).not.toBe(keyed.tombstone(phone));
      expect(other.text('a')).not.toBe(keyed.text('a'));
      expect(other.field({ kind: 'clear' })).not.toBe(keyed.field({ kind: 'clear' }));
    }
  });

  it('leaves the bucket as it is', () => {
    const buckets = [createHasher(), createHasher({ secret: 'a' })].map((hasher) => hasher.bucket(phone));
    expect(new Set(buckets).size).toBe(1);
  });

  it('must not be empty, and no other option exists', () => {
    const options = { secret: '', salt: 'x' };
    expect(() => createHasher(options)).toThrow(
      new TypeError('createHasher: salt: unknown option; secret: must be a non-empty string'),
    );
    expect(createHasher({}).text('a')).toBe(createHasher().text('a'));
  });
});

describe('the bucket', () => {
  it('is known for a phone, for stores that keep it', () => {
    expect(createHasher().bucket(phone)).toBe(
      createHash('sha256').update(`cbb-sync/bucket/1\0${phone}`).digest().readUInt32BE(0) % 100,
    );
  });

  it('spreads phones evenly over 0 to 99', { timeout: 60_000 }, () => {
    const hasher = createHasher();
    const counts = new Array<number>(100).fill(0);
    for (let index = 0; index < 5_000; index += 1) {
      const bucket = hasher.bucket(`44770090${index}`);
      counts[bucket] = (counts[bucket] ?? 0) + 1;
    }
    expect(counts).toHaveLength(100);
    expect(Math.min(...counts)).toBeGreaterThan(20);
    expect(Math.max(...counts)).toBeLessThan(90);
  });
});
