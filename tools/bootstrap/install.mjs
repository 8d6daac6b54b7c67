import { spawn } from 'node:child_process';
import { isInstalled, rememberInstall } from './install-state.mjs';
import { pinnedPackageManager } from './manifests.mjs';
import { root } from './root.mjs';

/** Installs the locked dependencies unless they are there. Speaks on standard error only. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  const packageManager = pinnedPackageManager();
  console.error(
    `Set-up: installing the locked dependencies with ${packageManager} (half a minute the first time).`,
  );
  const startedAt = Date.now();
  const { code, output } = await run(['--yes', packageManager, 'install', '--frozen-lockfile']);
  if (code !== 0) {
    throw new Error(`${output.trim()}\nSet-up failed: the install above ended with exit code ${code}.`);
  }
  rememberInstall();
  console.error(`Set-up: done in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
}

/**
 * @param {string[]} args
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function run(args) {
  return new Promise((resolve, reject) => {
    const child = spawn('npx', args, {
      cwd: root,
      env: { ...process.env, CI: '1', npm_config_loglevel: 'error' },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    const collect = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
