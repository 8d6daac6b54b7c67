import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../../tools/repository/files.ts';
import { compile } from './compile.ts';
import { exampleFolder } from './example.ts';
import { install } from './install.ts';

// Our packages as a CommonJS host meets them: packed, installed by npm, type-checked by TypeScript 5.9 with
// `moduleResolution: node`, and run by Jest against real servers.
install();
compile('tsconfig.json');
compile('tsconfig.build.json');
run(join(root, 'node_modules/typescript-native/bin/tsc'), '-p', 'scripts');
run(join(exampleFolder, 'node_modules/jest/bin/jest.js'), ...process.argv.slice(2));

function run(program: string, ...args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [program, ...args], {
    cwd: exampleFolder,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(1);
}
