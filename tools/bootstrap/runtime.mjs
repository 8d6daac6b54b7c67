import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

// From 22.18 on Node runs TypeScript files without a flag.
const minimum = { major: 22, minor: 18 };

/**
 * The Node that runs the job: the one that the optional dependency brings, where it works on this
 * platform, else the one that runs this file.
 */
export function findRuntime() {
  const installed = join(root, 'node_modules', '.bin', 'node');
  if (existsSync(installed) && spawnSync(installed, ['--version']).status === 0) return installed;
  if (isNewEnough(process.versions.node)) return process.execPath;
  throw new Error(
    `Node ${minimum.major}.${minimum.minor} or newer is needed, this is ${process.versions.node}. ` +
      'The project brings its own Node only on Linux (x64 and arm64, glibc). Please install a newer one from nodejs.org.',
  );
}

/** @param {string} version */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > minimum.major || (major === minimum.major && minor >= minimum.minor);
}
