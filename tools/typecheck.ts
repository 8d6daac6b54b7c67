import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './repository/files.ts';

// The native compiler, and not `.bin/tsc`: two versions of TypeScript own that name.
const compiler = join(root, 'node_modules/typescript-native/bin/tsc');
// nestjs-bullmq compiles with its own, older TypeScript, as its host does.
const projects = globSync(['tools/tsconfig.json', '{packages,examples,tools}/*/tsconfig*.json'], {
  cwd: root,
  exclude: ['examples/nestjs-bullmq/**'],
}).sort();

const failed = projects.filter((project) => {
  const { status } = spawnSync(process.execPath, [compiler, '-p', project], { cwd: root, stdio: 'inherit' });
  return status !== 0;
});

console.log(`Types: ${projects.length - failed.length} of ${projects.length} projects are sound.`);
for (const project of failed) console.error(`Types: ${project} has errors.`);
process.exitCode = failed.length === 0 ? 0 : 1;
