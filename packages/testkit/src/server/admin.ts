import type { Simulator } from '../simulator/simulator.ts';
import type { RuntimeSettings } from '../simulator/simulator-options.ts';
import type { SimulatorState } from '../simulator/simulator-state.ts';

const PREFIX = '/__simulator/';

/** Answers a request below `/__simulator/`; null: the request is for the service. */
export async function answerAdmin(request: Request, simulator: Simulator): Promise<Response | null> {
  const { pathname } = new URL(request.url);
  if (!pathname.startsWith(PREFIX)) return null;
  switch (`${request.method} ${pathname.slice(PREFIX.length)}`) {
    case 'GET state':
      return Response.json(simulator.dump());
    case 'PUT state':
      return applied(async () => {
        const state: SimulatorState = await request.json();
        simulator.load(state);
      });
    case 'GET journal/counts':
      return Response.json(simulator.counts);
    case 'GET violations':
      return Response.json(simulator.violations);
    case 'PATCH config':
      return applied(async () => {
        const settings: RuntimeSettings = await request.json();
        simulator.configure(settings);
      });
    case 'POST reset':
      return applied(async () => simulator.reset());
    default:
      return Response.json({ error: 'no such resource' }, { status: 404 });
  }
}

async function applied(change: () => Promise<void>): Promise<Response> {
  try {
    await change();
    return Response.json({ ok: true });
  } catch (error) {
    return Response.json({ error: error instanceof Error ? error.message : 'not applied' }, { status: 400 });
  }
}
