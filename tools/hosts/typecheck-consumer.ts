import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry } from './entries.ts';
import { run } from './run.ts';

const common = {
  strict: true,
  noEmit: true,
  target: 'es2022',
  lib: ['es2022', 'dom'],
  types: ['node'],
  esModuleInterop: true,
};

/** Compiles a host against the packed types: as the main backend compiles, and as newer hosts do. */
export function typecheckConsumer(consumer: string, entries: readonly Entry[]): void {
  const roots = entries.filter((entry) => entry.subpath === '.');
  const commonJs = entries.filter((entry) => entry.hasCommonJs);
  compile(consumer, 'commonjs', { 'host.ts': roots }, { module: 'commonjs', moduleResolution: 'node' });
  compile(consumer, 'nodenext', { 'host.mts': entries, 'host.cts': commonJs }, { module: 'nodenext' });
}

function compile(
  consumer: string,
  name: string,
  sources: Readonly<Record<string, readonly Entry[]>>,
  compilerOptions: Readonly<Record<string, unknown>>,
): void {
  const folder = join(consumer, name);
  mkdirSync(folder, { recursive: true });
  for (const [file, entries] of Object.entries(sources))
    writeFileSync(join(folder, file), hostSource(entries));
  const config = {
    compilerOptions: { ...common, skipLibCheck: true, ...compilerOptions },
    files: Object.keys(sources),
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config, null, 2));
  run(join(consumer, 'node_modules/.bin/tsc'), ['-p', folder], consumer);
}

/** An entry whose types are not found, or collapse to `any`, does not compile here. */
function hostSource(entries: readonly Entry[]): string {
  const lines = entries.flatMap(({ specifier }, index) => [
    `import * as entry${index} from '${specifier}';`,
    `export const typed${index}: IsAny<typeof entry${index}> = false;`,
  ]);
  return ['type IsAny<T> = 0 extends 1 & T ? true : false;', ...lines, ''].join('\n');
}
