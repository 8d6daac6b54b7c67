import { join } from 'node:path';
import { exampleFolder } from './example.ts';
import { runNode } from './run-node.ts';

/** Runs the example's own TypeScript. */
export function compile(project: string): void {
  runNode([join(exampleFolder, 'node_modules/typescript/bin/tsc'), '-p', project]);
}
