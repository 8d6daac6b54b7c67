import type { StoreError } from '@visanet/cbb-sync';
import { err, ok, type Result } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';
import { misconfigured, unavailable } from '../client/store-errors.ts';
import { createStartGate, type StartGate } from './start-gate.ts';

let time: number;
let calls: string[];
let answer: Result<string, StoreError>;
let gate: StartGate<string>;

beforeEach(() => {
  time = 0;
  calls = [];
  answer = ok('started');
  const start = (name: string) => async () => {
    calls.push(name);
    await Promise.resolve();
    return answer;
  };
  gate = createStartGate({ first: start('first'), again: start('again'), holdsMs: 100, now: () => time });
});

const pass = async () => (await gate.pass())._unsafeUnwrap();

describe('the gate', () => {
  it('starts once for all who come, and is passed without a step for as long as it holds', async () => {
    const passed = await Promise.all([gate.pass(), gate.pass(), gate.pass()]);
    time = 99;
    passed.push(await gate.pass());
    expect(passed.map((result) => result._unsafeUnwrap())).toEqual(Array(4).fill('started'));
    expect(calls).toEqual(['first']);
  });

  it('looks again when it held long enough, once for all', async () => {
    await pass();
    time = 100;
    await Promise.all([pass(), pass()]);
    time = 150;
    await pass();
    expect(calls).toEqual(['first', 'again']);
  });

  it.each([unavailable('away'), misconfigured('wrong')])('does not keep a failure (%s)', async (failure) => {
    answer = err(failure);
    expect((await gate.pass())._unsafeUnwrapErr()).toBe(failure);
    answer = ok('started');
    expect((await gate.pass())._unsafeUnwrap()).toBe('started');
    expect(calls).toEqual(['first', 'first']);
  });

  it('starts anew where looking again failed, and where it was told to forget', async () => {
    await pass();
    time = 100;
    answer = err(unavailable('away'));
    expect((await gate.pass()).isErr()).toBe(true);
    answer = ok('started');
    await pass();
    gate.forget();
    await pass();
    expect(calls).toEqual(['first', 'again', 'first', 'first']);
  });

  it('starts anew after a start that threw', async () => {
    let broken = true;
    const first = () => (broken ? Promise.reject(new Error('broken')) : Promise.resolve(ok('started')));
    const other = createStartGate({ first, again: first, holdsMs: 100, now: () => time });
    await expect(other.pass()).rejects.toThrow('broken');
    broken = false;
    expect((await other.pass())._unsafeUnwrap()).toBe('started');
  });
});
