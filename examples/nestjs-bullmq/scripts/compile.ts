import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { exampleFolder } from './example.ts';

/** Runs the example's own TypeScript 5.9. */
export function compile(project: string): void {
  execFileSync(process.execPath, [join(exampleFolder, 'node_modules/typescript/bin/tsc'), '-p', project], {
    cwd: exampleFolder,
    stdio: 'inherit',
  });
}
