import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';

/** A process that runs `script` as its job; `ready` resolves when the job has printed a line. */
function runInBootstrap(script: string, detached = false): ChildProcess {
  const module = JSON.stringify(new URL('./run-job.mjs', import.meta.url).href);
  const job = JSON.stringify(['-e', script]);
  const parent = `const { runJob } = await import(${module}); await runJob(process.execPath, ${job});`;
  return spawn(process.execPath, ['--input-type=module', '-e', parent], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached,
  });
}

it('ends with the exit code of the job', async () => {
  const [code] = await once(runInBootstrap('process.exit(7)'), 'exit');
  expect(code).toBe(7);
});

it('ends by the signal that ended the job', async () => {
  const [code, signal] = await once(runInBootstrap(`process.kill(process.pid, 'SIGKILL')`), 'exit');
  expect([code, signal]).toEqual([null, 'SIGKILL']);
});

it.each(['SIGINT', 'SIGTERM'] as const)(
  'hands %s on once and lets the job end in its own way',
  async (signal) => {
    const script = `
    let received = 0;
    process.on('${signal}', () => { received += 1; setTimeout(() => process.exit(40 + received), 50); });
    setInterval(() => {}, 1000);
    console.log('ready');
  `;
    const child = runInBootstrap(script);
    if (child.stdout === null) throw new Error('The job has no standard output.');
    await once(child.stdout, 'data');
    child.kill(signal);
    const [code] = await once(child, 'exit');
    expect(code).toBe(41);
  },
);

it('lets a job that listens on end in its own way when the whole group is told to stop', async () => {
  const child = runInBootstrap(
    `
    process.on('SIGINT', () => setTimeout(() => process.exit(40), 200));
    setInterval(() => {}, 1000);
    console.log('ready');
  `,
    true,
  );
  if (child.stdout === null) throw new Error('The job has no standard output.');
  await once(child.stdout, 'data');
  process.kill(-(child.pid ?? Number.NaN), 'SIGINT');
  const [code] = await once(child, 'exit');
  expect(code).toBe(40);
});
