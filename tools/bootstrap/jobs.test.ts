import { expect, it } from 'vitest';
import { jobCommand } from './jobs.mjs';

it('passes arguments through', () => {
  expect(jobCommand('test', ['--project', 'sync']).slice(-3)).toEqual(['run', '--project', 'sync']);
});

it('drops the literal -- that pnpm hands over, and only that one', () => {
  expect(jobCommand('start', ['--', '--json', '--']).slice(1)).toEqual([
    'examples/quickstart/src/main.ts',
    '--json',
    '--',
  ]);
});

it('names the known jobs when asked for another', () => {
  expect(() => jobCommand('deploy', [])).toThrow('Unknown job "deploy": use one of start, test, servers');
});

it.each(['bench', 'crash-test', 'pressure', 'load-test', 'table-cost'])(
  'starts %s by itself, so that its exit code is its own',
  (job) => {
    const [condition, program, ...args] = jobCommand(job, ['--', '--json']);
    expect(condition).toBe('--conditions=@visanet/source');
    expect(program).toMatch(/^tools\/bench\/src\/[\w-]+\/main\.ts$/);
    expect(args).toEqual(['--json']);
  },
);
