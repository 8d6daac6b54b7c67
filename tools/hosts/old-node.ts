import { spawnSync } from 'node:child_process';
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tarball } from './pack.ts';
import { run } from './run.ts';

const limitMs = 180_000;

/**
 * A host on a Node that is too old: `npm install` of all packages with pg-boss, of which npm then prefers an older
 * version, ends and names the Node that is needed, and so does our command, in one line.
 */
export function checkOldNode(folder: string, node: string, tarballs: readonly Tarball[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const npm = realpathSync(run('which', ['npm']).trim());
  const files = tarballs.map(({ file }) => file);
  const installed = spawnSync(
    node,
    [npm, 'install', ...files, 'pg-boss', '--no-audit', '--no-fund', '--ignore-scripts'],
    // Which Node is needed is a warning of npm, which a caller's own level of logging would hide.
    { cwd: folder, encoding: 'utf8', timeout: limitMs, env: { ...process.env, npm_config_loglevel: 'warn' } },
  );
  const said = installed.stdout + installed.stderr;
  if (installed.status !== 0) throw new Error(`npm install did not end well on an old Node:\n${said}`);
  if (!said.includes("required: { node: '>=22.12.0' }"))
    throw new Error(`npm install names no Node:\n${said}`);
  const command = spawnSync(node, [join(folder, 'node_modules/.bin/cbb'), 'doctor'], { encoding: 'utf8' });
  if (command.status !== 2 || !/^cbb: Node 22\.12 or later is needed[^\n]*\n$/.test(command.stderr)) {
    throw new Error(`the command does not refuse an old Node:\n${command.stdout}${command.stderr}`);
  }
}
