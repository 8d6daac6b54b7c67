import { globSync } from 'node:fs';
import { dirname } from 'node:path';
import { readText, root } from './files.ts';

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

export interface WorkspacePackage {
  /** Relative to the repository, as in `packages/client`. */
  readonly folder: string;
  readonly manifest: Manifest;
}

export function publishedPackages(): WorkspacePackage[] {
  return read('packages/*/package.json');
}

export function workspacePackages(): WorkspacePackage[] {
  return [...publishedPackages(), ...read('{examples,tools}/*/package.json')];
}

function read(pattern: string): WorkspacePackage[] {
  return globSync(pattern, { cwd: root })
    .sort()
    .map((path) => ({ folder: dirname(path), manifest: JSON.parse(readText(path)) }));
}
