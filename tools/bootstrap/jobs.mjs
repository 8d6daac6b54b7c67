/** @type {Record<string, string[]>} */
const jobs = {
  start: ['--conditions=@visanet/source', 'examples/quickstart/src/main.ts'],
  test: ['node_modules/vitest/vitest.mjs', 'run'],
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
