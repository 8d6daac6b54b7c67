import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';

// The time that an import takes in a fresh process, ours (built) and axios's in turn, so that both meet the same machine.

const { values } = parseArgs({ options: { runs: { type: 'string', default: '30' } } });
const resolve = createRequire(import.meta.url).resolve;
const contenders = {
  client: import.meta.resolve('../dist/index.js'),
  'client, CommonJS': resolve('../dist/index.cjs'),
  axios: import.meta.resolve('axios'),
  'axios, CommonJS': resolve('axios'),
};

function measure(target: string): number {
  const load = target.startsWith('file:') ? `await import('${target}')` : `require('${target}')`;
  const script = `const start = performance.now(); ${load}; console.log(performance.now() - start)`;
  const type = target.startsWith('file:') ? 'module' : 'commonjs';
  const child = spawnSync(process.execPath, [`--input-type=${type}`, '-e', script], { encoding: 'utf8' });
  if (child.status !== 0) throw new Error(child.stderr);
  return Number(child.stdout);
}

const times = new Map<string, number[]>();
for (let run = 0; run < Number(values.runs); run += 1) {
  for (const [name, target] of Object.entries(contenders)) {
    times.set(name, [...(times.get(name) ?? []), measure(target)]);
  }
}

const median = (name: string) => {
  const sorted = (times.get(name) ?? []).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};
for (const name of times.keys()) console.log(`${name}: ${median(name).toFixed(1)} ms (median)`);
const ratio = (ours: string, theirs: string) => (median(ours) / median(theirs)).toFixed(2);
console.log(
  `of axios: ${ratio('client', 'axios')}, CommonJS ${ratio('client, CommonJS', 'axios, CommonJS')}`,
);
