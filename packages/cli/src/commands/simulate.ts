import { createSimulator, mixedFaults, startSimulatorServer } from '@visanet/cbb-testkit';
import { err, ok } from 'neverthrow';
import { type CommandContext, type CommandResult, defineCommand } from '../command.ts';
import { workFailed } from '../failure.ts';
import { choice, flag, share, text, wholeNumber } from '../options/flags.ts';
import { given } from '../options/given.ts';
import type { Flags } from '../options/read-flags.ts';
import { facts } from '../output/table.ts';

const flags = {
  port: wholeNumber('Port (default a free one)', { hint: 'port', max: 65_535 }).optional(),
  contract: choice('What it speaks (default v1.1)', ['v1.1', 'plan']).optional(),
  faults: share('Chance of a transient fault per request, of all kinds (default none)').optional(),
  hangs: flag('With --faults: some requests are never answered'),
  latency: wholeNumber('Wait before each answer (default none)', { hint: 'ms', min: 1 }).optional(),
  'rate-limit': wholeNumber('Requests per minute (default none on plan, 100 on v1.1)', { min: 1 }).optional(),
  'api-key': text('The key it accepts (default a made-up one, which is printed)', 'key').optional(),
  seed: wholeNumber('Repeats the same faults').optional(),
  admin: flag('Open /__simulator/… to read and steer it from another process'),
};

async function run(options: Flags<typeof flags>, { io, print }: CommandContext): CommandResult {
  const { faults: probability = 0, latency, hangs } = options;
  const apiKey = options['api-key'];
  const simulator = createSimulator({
    contract: options.contract ?? 'v1.1',
    faults: [
      ...(probability === 0 ? [] : mixedFaults({ probability, hangs })),
      ...(latency === undefined
        ? []
        : [{ fault: { kind: 'latency', delayMs: latency } as const, probability: 1 }]),
    ],
    ...given({
      rateLimitPerMinute: options['rate-limit'],
      seed: options.seed,
      apiKey,
    }),
  });
  const server = await startSimulatorServer(simulator, {
    port: options.port ?? 0,
    admin: options.admin,
  }).catch(() => null);
  if (server === null) {
    const message = 'the port cannot be opened: another process may hold it';
    return err(workFailed({ kind: 'port_unavailable', message }));
  }
  const { url, origin } = server;
  const { contract, seed } = simulator;
  const shown = {
    CBB_API_URL: url,
    CBB_API_CONTRACT: contract,
    CBB_API_KEY: apiKey === undefined ? simulator.apiKey : 'as given',
    seed,
    admin: options.admin ? `${origin}/__simulator/` : null,
  };
  print.result(
    { url, origin, contract, seed, apiKey: apiKey === undefined ? simulator.apiKey : null },
    facts(shown),
  );
  await new Promise<void>((resolve) => {
    if (io.signal.aborted) resolve();
    else io.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await server.close();
  return ok(0);
}

export const simulate = defineCommand({
  name: 'simulate',
  description: 'Serve a simulated contact service on 127.0.0.1',
  flags,
  run,
});
