import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Tarball } from '../../../tools/release/pack.ts';
import { lockFile } from './example.ts';

interface LockEntry {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

export interface Lock {
  readonly packages: Record<string, LockEntry & { integrity?: string }>;
}

export function readLock(): Lock {
  return JSON.parse(readFileSync(lockFile, 'utf8'));
}

export function lockKey({ workspacePackage }: Tarball): string {
  return `node_modules/${workspacePackage.manifest.name}`;
}

/** `npm ci` installs what the lockfile says of our packages: it must say what they say of themselves. */
export function checkLock(tarballs: readonly Tarball[]): void {
  const { packages } = readLock();
  const outdated = tarballs.filter((tarball) => {
    const manifest = execFileSync('tar', ['-xzOf', tarball.file, 'package/package.json'], {
      encoding: 'utf8',
    });
    return !isDeepStrictEqual(needs(JSON.parse(manifest)), needs(packages[lockKey(tarball)] ?? {}));
  });
  if (outdated.length === 0) return;
  const names = outdated.map(({ workspacePackage }) => workspacePackage.manifest.name).join(', ');
  throw new Error(`package-lock.json is older than the dependencies of ${names}: run npm run lock.`);
}

function needs({ dependencies = {}, peerDependencies = {} }: LockEntry) {
  return { dependencies, peerDependencies };
}
