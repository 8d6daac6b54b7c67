import { HttpResponse, http, type RequestHandler } from 'msw';
import { needSimulator, refuseUnknown } from '../simulator/refuse-unknown.ts';
import type { Simulator } from '../simulator/simulator.ts';

export interface SimulatorHandlersOptions {
  /** Where the client expects the service, without the base path. @default 'https://app.chatgptbuilder.io' */
  readonly origin?: string;
}

/**
 * MSW handlers that hand every request of one origin to a simulator. A reset is a network error; a hang lasts until the
 * caller gives up.
 */
export function simulatorHandlers(
  simulator: Simulator,
  options: SimulatorHandlersOptions = {},
): RequestHandler[] {
  needSimulator(simulator);
  refuseUnknown(options, ['origin'], 'msw options');
  const { origin = 'https://app.chatgptbuilder.io' } = options;
  return [
    http.all(`${origin}/*`, async ({ request }) => {
      try {
        return await simulator.fetch(request.clone());
      } catch {
        return HttpResponse.error();
      }
    }),
  ];
}
