import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

export interface PrismServer {
  readonly baseUrl: string;
  close(): Promise<void>;
}

/** Starts Prism's mock of one of our documents; it answers 4xx to whatever does not fit the document. */
export async function startPrism(document: 'cbb-plan.yaml' | 'cbb-v1.1.yaml'): Promise<PrismServer> {
  const port = await freePort();
  const program = pathOf('../../node_modules/@stoplight/prism-cli/dist/index.js');
  const child = spawn(
    process.execPath,
    [program, 'mock', '-h', '127.0.0.1', '-p', String(port), '--errors', pathOf(`../../openapi/${document}`)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exited = once(child, 'exit');
  // An interrupted run closes nothing.
  const killWithUs = () => child.kill();
  process.once('exit', killWithUs);
  let said = '';
  const listening = new Promise<void>((resolve) => {
    // Read to the end: Prism stops at the first line that nobody takes.
    child.stdout.on('data', (piece) => {
      said += String(piece);
      if (said.includes('is listening')) resolve();
    });
  });
  await Promise.race([
    listening,
    exited.then(() => Promise.reject(new Error(`Prism did not start: ${said}`))),
  ]);
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    async close() {
      process.off('exit', killWithUs);
      child.kill();
      await exited;
    },
  };
}
