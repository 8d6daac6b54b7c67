import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** As root on Debian installs a package, saying so; elsewhere nothing happens: the caller says what is missing. */
export function installDebianPackage(name: string): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  process.stderr.write(`${name} is missing: installing the Debian package with apt-get.\n`);
  apt('update', '-qq');
  apt('install', '-y', '-qq', name);
}

// Set-ups of several test projects may install at the same time.
const waitForLock = ['-o', 'DPkg::Lock::Timeout=300'];

function apt(...args: readonly string[]): void {
  execFileSync('apt-get', [...waitForLock, ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
