// Entry of `npm start`, `npm test` and the other programs. Plain JavaScript without dependencies: it has to run on Node 20 in a
// fresh clone, before anything is installed.
import { ensureInstalled } from './bootstrap/install.mjs';
import { jobCommand } from './bootstrap/jobs.mjs';
import { runJob } from './bootstrap/run-job.mjs';
import { findRuntime } from './bootstrap/runtime.mjs';

const [job = '', ...args] = process.argv.slice(2);

try {
  const command = jobCommand(job, args);
  await ensureInstalled();
  await runJob(findRuntime(), command);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
