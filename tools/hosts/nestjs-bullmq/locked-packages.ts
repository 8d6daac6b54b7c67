import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Tarball } from '../pack.ts';
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

/** npm installs what the lockfile says of our packages: it must know every package of others that they need. */
export function checkLock(tarballs: readonly Tarball[]): void {
  const { packages } = readLock();
  const outdated = tarballs.filter((tarball) => {
    const text = execFileSync('tar', ['-xzOf', tarball.file, 'package/package.json'], { encoding: 'utf8' });
    const manifest: LockEntry = JSON.parse(text);
    const locked = needs(packages[lockKey(tarball)] ?? {});
    return Object.entries(needs(manifest)).some(
      ([name, range]) => !name.startsWith('@visanet/') && locked[name] !== range,
    );
  });
  if (outdated.length === 0) return;
  const names = outdated.map(({ workspacePackage }) => workspacePackage.manifest.name).join(', ');
  throw new Error(`package-lock.json does not know what ${names} needs now: run npm run lock.`);
}

function needs({ dependencies = {}, peerDependencies = {} }: LockEntry): Readonly<Record<string, string>> {
  return { ...peerDependencies, ...dependencies };
}
