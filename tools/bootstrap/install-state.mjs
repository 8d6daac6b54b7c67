import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installInputs } from './manifests.mjs';
import { root } from './root.mjs';

const modules = join(root, 'node_modules');
const stampFile = join(modules, '.setup-stamp');

export function isInstalled() {
  return existsSync(join(modules, '.bin')) && (stampIsCurrent() || pnpmIsCurrent());
}

export function rememberInstall() {
  writeFileSync(stampFile, fingerprint());
}

function stampIsCurrent() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === fingerprint();
}

/** Someone ran `pnpm install` by hand, for the whole workspace, after the last change of any input. */
function pnpmIsCurrent() {
  const stateFile = join(modules, '.pnpm-workspace-state-v1.json');
  if (!existsSync(stateFile)) return false;
  const state = readState(stateFile);
  if (state?.filteredInstall !== false || typeof state.lastValidatedTimestamp !== 'number') return false;
  const { dev, production, optional } = state.settings ?? {};
  if (dev === false || production === false || optional === false) return false;
  return installInputs().every((file) => statSync(file).mtimeMs <= state.lastValidatedTimestamp);
}

/** @param {string} file */
function readState(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // A half-written state says nothing: install again.
    return undefined;
  }
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const file of installInputs()) {
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}
