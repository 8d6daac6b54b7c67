import { describe, expect, it } from 'vitest';
import { handWrittenFiles, isTestCode, readText } from './repository/files.ts';

const maxLines = 300;
const files = handWrittenFiles(['packages/**/*.ts', 'examples/**/*.ts', 'tools/**/*.{ts,mjs}']).filter(
  (path) => path !== 'tools/house-rules.test.ts',
);

function filesWith(pattern: RegExp): string[] {
  return files.filter((path) => pattern.test(readText(path)));
}

describe('every hand-written source file', () => {
  it(`has at most ${maxLines} lines`, () => {
    const tooLong = files
      .map((path) => ({ path, lines: readText(path).split('\n').length - 1 }))
      .filter(({ lines }) => lines > maxLines);
    expect(tooLong).toEqual([]);
  });

  it('switches no check off', () => {
    expect(filesWith(/biome-ignore|eslint-disable|@ts-(ignore|nocheck)|v8 ignore|istanbul ignore/)).toEqual(
      [],
    );
    expect(filesWith(/@ts-expect-error/).filter((path) => !isTestCode(path))).toEqual([]);
  });

  it('silences no compiler error by a cast', () => {
    expect(filesWith(/\bas unknown as\b|\bas (any|never)(?=\s*[^\s\w]|$)/m)).toEqual([]);
  });

  it('skips no test', () => {
    expect(filesWith(/\b(it|test|describe)\.(skip|only|todo)\b/)).toEqual([]);
  });

  it('leaves nothing for later', () => {
    expect(filesWith(/\b(TODO|FIXME|XXX)\b/)).toEqual([]);
  });
});

it('every document runs our commands by the name of our package, which runs in an empty folder too', () => {
  const documents = handWrittenFiles(['*.md', 'packages/*/*.md', 'examples/*/*.md']);
  const commands = documents.flatMap((path) => readText(path).match(/\bnpx [^\s`]+/g) ?? []);
  expect(commands.length).toBeGreaterThan(0);
  expect(commands.filter((command) => !command.startsWith('npx @visanet/'))).toEqual([]);
});
