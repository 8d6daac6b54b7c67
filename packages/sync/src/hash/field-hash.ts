import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { FieldIntent } from '../mapping/mapping.ts';
import { checkOptions, nonEmptyText, optional } from '../options/check-options.ts';

export interface HasherOptions {
  /**
   * Key of the hashes: without it, whoever reads the ledger can find short values and phones by trying them all.
   * Another secret makes every field count as changed once and lifts no tombstone.
   */
  readonly secret?: string;
}

/** Hashes of 128 bits in hex, each kind of input in a domain of its own. */
export interface Hasher {
  field(intent: FieldIntent): string;
  text(value: string): string;
  /** All that stays of an erased phone. */
  tombstone(phone: string): string;
  /** 0 to 99, evenly spread; independent of the secret, so that rotating it moves no customer. */
  bucket(phone: string): number;
}

const hashBytes = 16;

/** @throws TypeError on an empty secret or an unknown option */
export function createHasher(options: HasherOptions = {}): Hasher {
  checkOptions('createHasher', options, { secret: optional(nonEmptyText) });
  const key = options.secret === undefined ? null : utf8ToBytes(options.secret);

  function hash(domain: string, value: string): string {
    const input = domainInput(domain, value);
    const digest = key === null ? sha256(input) : hmac(sha256, key, input);
    return bytesToHex(digest.subarray(0, hashBytes));
  }

  return {
    field: (intent) => hash('field', canonicalIntent(intent)),
    text: (value) => hash('text', value),
    tombstone: (phone) => hash('tombstone', phone),
    bucket: (phone) => new DataView(sha256(domainInput('bucket', phone)).buffer).getUint32(0) % 100,
  };
}

function domainInput(domain: string, value: string): Uint8Array {
  return utf8ToBytes(`cbb-sync/${domain}/1\u0000${value}`);
}

/** The type is part of it: the text `1`, the number 1 and `true` are three different values. */
function canonicalIntent(intent: FieldIntent): string {
  return intent.kind === 'set' ? `set:${typeof intent.value}:${String(intent.value)}` : intent.kind;
}
