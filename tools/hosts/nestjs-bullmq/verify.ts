import { join } from 'node:path';
import { root } from '../../repository/files.ts';
import { compile } from './compile.ts';
import { install } from './install.ts';
import { proveStart } from './prove-start.ts';
import { runNode } from './run-node.ts';

// Our packages as a CommonJS host meets them: packed, installed by npm, type-checked by TypeScript 5.9 with
// `moduleResolution: node`, and run by Jest against real servers.
try {
  // First, as a newcomer does in a fresh clone: nothing is installed yet.
  await proveStart();
  install();
  compile('tsconfig.json');
  compile('tsconfig.build.json');
  runNode([join(root, 'node_modules/typescript-native/bin/tsc'), '-p', 'scripts']);
  runNode(['node_modules/jest/bin/jest.js', ...process.argv.slice(2)]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
