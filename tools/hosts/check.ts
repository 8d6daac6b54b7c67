import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorkspacePackage } from '../repository/packages.ts';
import { createConsumer } from './consumer.ts';
import { entriesOf } from './entries.ts';
import { lintTarball } from './lint-tarball.ts';
import { loadEntries } from './load-entries.ts';
import { checkMisbehavingServers } from './misbehaving-page.ts';
import { checkOldNode } from './old-node.ts';
import { packAll, type Tarball } from './pack.ts';
import { run } from './run.ts';
import { checkStrictLayout } from './strict-layout/check-strict-layout.ts';
import { strictHosts } from './strict-layout/sources.ts';
import { typecheckConsumer } from './typecheck-consumer.ts';

const folder = mkdtempSync(join(tmpdir(), 'cbb-release-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const tarballs = packAll(join(folder, 'tarballs'));
for (const tarball of tarballs) lintTarball(tarball);
report(`${tarballs.length} tarballs are sound`);

const bare = tarballs.filter(({ workspacePackage }) => !needsPeer(workspacePackage));
const bareHost = createConsumer(join(folder, 'bare'), bare);
loadEntries(
  bareHost,
  process.execPath,
  entries(bare).filter((entry) => entry.subpath === '.'),
);
report(`${bare.length} packages load with no peer installed`);

const host = createConsumer(join(folder, 'host'), tarballs, {
  ...optionalPeers(),
  '@types/node': '^22.19.0',
  typescript: '~5.9.3',
  // The oldest and the newest line that the packages promise to run on.
  ...(process.platform === 'linux'
    ? {
        'oldest-node': `npm:node-linux-${process.arch}@^22.12.0`,
        'newest-node': `npm:node-linux-${process.arch}@^26.0.0`,
        'old-node': `npm:node-linux-${process.arch}@^20.0.0`,
      }
    : {}),
});
const others = process.platform === 'linux' ? ['oldest-node', 'newest-node'].map(installedNode) : [];
for (const runtime of [process.execPath, ...others.slice(0, 1)]) {
  loadEntries(host, runtime, entries(tarballs));
  report(`${entries(tarballs).length} entries load on Node ${run(runtime, ['--version']).trim()}`);
}
for (const runtime of [process.execPath, ...others]) {
  await checkMisbehavingServers(host, runtime);
  report(`the client bears every misbehaving server on Node ${run(runtime, ['--version']).trim()}`);
}
typecheckConsumer(host, entries(tarballs));
report('hosts on TypeScript 5.9 compile, with moduleResolution node and nodenext');

checkStrictLayout(join(folder, 'strict'), join(host, 'node_modules/.bin/tsc'), tarballs);
report(
  `${Object.keys(strictHosts).length} hosts under pnpm that emit declarations compile with what they install alone`,
);

if (process.platform === 'linux') {
  checkOldNode(join(folder, 'old'), installedNode('old-node'), tarballs);
  report('on Node 20 npm install ends and says what is needed, and so does the command');
}

function entries(from: readonly Tarball[]) {
  return from.flatMap(({ workspacePackage }) => entriesOf(workspacePackage));
}

function installedNode(name: string): string {
  return join(host, 'node_modules', name, 'bin/node');
}

/** Whether a package, or one of ours that it installs, cannot work without a peer of the host. */
function needsPeer({ manifest }: WorkspacePackage): boolean {
  const optional = manifest.peerDependenciesMeta ?? {};
  if (Object.keys(manifest.peerDependencies ?? {}).some((name) => optional[name]?.optional !== true))
    return true;
  return tarballs
    .map(({ workspacePackage }) => workspacePackage)
    .filter((other) => other.manifest.name in (manifest.dependencies ?? {}))
    .some(needsPeer);
}

/** Of other people's packages: ours are installed from their tarballs. */
function optionalPeers(): Record<string, string> {
  const ours = new Set(tarballs.map(({ workspacePackage }) => workspacePackage.manifest.name));
  const peers = tarballs.flatMap(({ workspacePackage }) =>
    Object.entries(workspacePackage.manifest.peerDependencies ?? {}),
  );
  return Object.fromEntries(peers.filter(([name]) => !ours.has(name)));
}

function report(line: string): void {
  console.log(`Release: ${line}.`);
}
