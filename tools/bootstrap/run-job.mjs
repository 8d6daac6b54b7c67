import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { root } from './root.mjs';

// Database servers and what Debian installs them with live here, and not every PATH has it.
const administration = process.platform === 'win32' ? [] : ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** @type {NodeJS.Signals[]} */
const signals = ['SIGINT', 'SIGTERM'];

/**
 * Runs the job in the foreground and ends as it ended: same exit code, same signal.
 * @param {string} runtime
 * @param {string[]} args
 * @returns {Promise<void>}
 */
export function runJob(runtime, args) {
  const path = [join(root, 'node_modules', '.bin'), process.env.PATH, ...administration].join(delimiter);
  const child = spawn(runtime, args, { cwd: root, env: { ...process.env, PATH: path }, stdio: 'inherit' });
  for (const signal of signals) process.on(signal, () => forward(child, signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      for (const name of signals) process.removeAllListeners(name);
      if (signal !== null) process.kill(process.pid, signal);
      process.exitCode = code ?? 1;
      resolve();
    });
  });
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function forward(child, signal) {
  // Ctrl-C on a terminal already reaches the whole process group; a second copy would force the job to quit.
  if (signal === 'SIGINT' && process.stdin.isTTY) return;
  child.kill(signal);
}
