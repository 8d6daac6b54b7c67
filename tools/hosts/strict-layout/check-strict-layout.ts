import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../repository/files.ts';
import type { Tarball } from '../pack.ts';
import { run } from '../run.ts';
import { strictHosts } from './sources.ts';

const compilerOptions = {
  strict: true,
  declaration: true,
  emitDeclarationOnly: true,
  outDir: 'declarations',
  module: 'nodenext',
  target: 'es2022',
  lib: ['es2022', 'dom'],
  types: [],
  skipLibCheck: true,
};

/**
 * Hosts under pnpm, which see what they install and nothing else, and emit declarations of what they export: a type that
 * only one of our dependencies could name does not compile there.
 */
export function checkStrictLayout(folder: string, compiler: string, tarballs: readonly Tarball[]): void {
  const files = new Map(
    tarballs.map(({ workspacePackage, file }) => [workspacePackage.manifest.name, `file:${file}`]),
  );
  const names = Object.keys(strictHosts);
  write(folder, 'package.json', { private: true });
  write(folder, 'pnpm-workspace.yaml', {
    packages: names,
    overrides: Object.fromEntries(files),
    dangerouslyAllowAllBuilds: false,
    strictDepBuilds: false,
    autoInstallPeers: false,
  });
  for (const [name, { ours, others, source }] of Object.entries(strictHosts)) {
    const packed = ours.map((one) => {
      const manifestName = `@visanet/cbb-${one}`;
      return [manifestName, files.get(manifestName) ?? ''];
    });
    write(join(folder, name), 'package.json', {
      name: `host-of-${name}`,
      private: true,
      type: 'module',
      dependencies: { ...Object.fromEntries(packed), ...others, '@types/node': '^22.19.0' },
    });
    writeFileSync(join(folder, name, 'host.ts'), source);
  }
  const pnpm = join(root, 'node_modules/.bin/pnpm');
  run(pnpm, ['install', '--prefer-offline', '--ignore-scripts', '--no-frozen-lockfile'], folder);
  // One by one: in one program the packages of one host would lend another the names of their types.
  for (const name of names) {
    write(join(folder, name), 'tsconfig.json', { compilerOptions, files: ['host.ts'] });
    run(compiler, ['-p', join(folder, name)], folder);
  }
}

function write(folder: string, file: string, content: object): void {
  mkdirSync(folder, { recursive: true });
  // YAML takes JSON.
  writeFileSync(join(folder, file), JSON.stringify(content, null, 2));
}
