import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../servers/free-port.ts';
import { exampleFolder } from './example.ts';

// A first start builds and installs everything.
const readyWithinMs = 300_000;
const gone = (pid: number) => {
  try {
    return !process.kill(-pid, 0);
  } catch {
    return true;
  }
};

/** `npm start` comes up, and ends without a word when its whole process group is told to. Throws otherwise. */
export async function proveStart(): Promise<void> {
  const [port, workerPort] = [await freePort(), await freePort()];
  const child = spawn('npm', ['start', '--silent'], {
    cwd: exampleFolder,
    env: { ...process.env, PORT: String(port), WORKER_PORT: String(workerPort) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const closed = once(child, 'close');
  const { pid } = child;
  if (pid === undefined) throw new Error('npm could not be started.');
  const deadline = Date.now() + readyWithinMs;
  while (!(await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null))?.ok) {
    if (child.exitCode !== null || Date.now() > deadline) {
      if (!gone(pid)) process.kill(-pid, 'SIGKILL');
      throw new Error(`npm start did not come up:\n${output}`);
    }
    await pause(200);
  }
  const before = output.length;
  process.kill(-pid, 'SIGINT');
  await closed;
  const complaints = output.slice(before).match(/^.*(\berror\b|exception|^\s+at ).*$/gim);
  if (!gone(pid) || complaints !== null) throw new Error(`npm start did not end quietly:\n${output}`);
  console.log('npm start comes up, and ends.');
}
