// Packages of the workspace are read as sources: nothing has to be built.
const source = '--conditions=@visanet/source';

/** @type {Record<string, string[]>} */
const jobs = {
  start: [source, 'examples/quickstart/src/main.ts'],
  test: ['node_modules/vitest/vitest.mjs', 'run'],
  servers: ['tools/servers/main.ts'],
  'hono-pg-boss': [source, 'examples/hono-pg-boss/src/main.ts'],
  'serverless-function': [source, 'examples/serverless-function/src/main.ts'],
  'serverless-function:migrate': [source, 'examples/serverless-function/src/migrate.ts'],
  'nestjs-bullmq': ['examples/nestjs-bullmq/scripts/start.ts'],
  'nestjs-bullmq:verify': ['tools/hosts/nestjs-bullmq/verify.ts'],
  bench: [source, 'tools/bench/src/bench/main.ts'],
  'crash-test': [source, 'tools/bench/src/crash/main.ts'],
  pressure: [source, 'tools/bench/src/pressure/main.ts'],
  'load-test': [source, 'tools/bench/src/load/main.ts'],
  'table-cost': [source, 'tools/bench/src/table-cost/main.ts'],
};

/**
 * Arguments for Node. pnpm hands a literal `--` over where npm removes it: it is dropped.
 * @param {string} job
 * @param {string[]} args
 */
export function jobCommand(job, args) {
  const command = jobs[job];
  if (command === undefined)
    throw new Error(`Unknown job "${job}": use one of ${Object.keys(jobs).join(', ')}.`);
  return [...command, ...(args[0] === '--' ? args.slice(1) : args)];
}
