import { RuleTester } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, it } from 'vitest';
import { noDroppedResult } from './no-dropped-result.ts';

RuleTester.describe = describe;
// The first case loads the compiler, which takes seconds on a busy machine.
RuleTester.it = (name: string, test: () => void) => it(name, test, 60_000);

const tester = new RuleTester({
  languageOptions: {
    parser: tseslint.parser,
    parserOptions: {
      projectService: { allowDefaultProject: ['*.ts'] },
      tsconfigRootDir: import.meta.dirname,
    },
  },
});

// The shape that the rule goes by.
const head = `
  interface Result<T, E> { error: E; value: T; andThen(): void; isErr(): boolean; mapErr(f: (e: E) => void): Result<T, E>; unwrapOr(): T }
  interface ResultAsync<T, E> extends PromiseLike<Result<T, E>> { andThen(): void; mapErr(): void; unwrapOr(): void; match(a: unknown, b: unknown): Promise<void> }
  declare const save: () => Result<number, string>;
  declare const send: () => ResultAsync<number, string>;
  declare const use: (result: Result<number, string>) => void;
`;
const dropped = [{ messageId: 'dropped' }];

tester.run('no-dropped-result', noDroppedResult, {
  valid: [
    `${head} export const run = () => { const result = save(); if (result.isErr()) return 0; return result.value; };`,
    `${head} export const run = async () => { use(await send()); return send(); };`,
    `${head} export let last = save(); last = save();`,
    `${head} send().match(console.log, console.error); console.log(1);`,
  ],
  invalid: [
    { code: `${head} save();`, errors: dropped },
    { code: `${head} send();`, errors: dropped },
    { code: `${head} void send();`, errors: dropped },
    { code: `${head} export const run = async () => { await send(); };`, errors: dropped },
    { code: `${head} save().mapErr(console.error);`, errors: dropped },
    { code: `${head} export const run = (maybe?: () => Result<1, 2>) => { maybe?.(); };`, errors: dropped },
  ],
});
