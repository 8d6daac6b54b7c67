import type { WorkspacePackage } from '../repository/packages.ts';

export interface Entry {
  /** As a host imports it, for example `@visanet/cbb-testkit/msw`. */
  readonly specifier: string;
  /** As the manifest names it, for example `./msw`. */
  readonly subpath: string;
  readonly hasCommonJs: boolean;
}

/** The modules that a package offers, by the exports of its manifest: data files and patterns are none. */
export function entriesOf({ manifest }: WorkspacePackage): Entry[] {
  return Object.entries(manifest.exports ?? {})
    .filter(([subpath]) => !subpath.includes('.', 1) && !subpath.includes('*'))
    .map(([subpath, target]) => ({
      specifier: manifest.name + subpath.slice(1),
      subpath,
      hasCommonJs: typeof target === 'object' && target !== null && 'require' in target,
    }));
}
