import { type FakeFault, type FakeService, gatewayError } from '../world/fake-service.ts';
import type { WriteFault } from './scenario.ts';

/** Lets the writes that a scenario names end as it says. */
export function faultOf(
  faults: readonly WriteFault[],
  onFault: (kind: WriteFault['kind']) => void,
): FakeService['fault'] {
  let writes = 0;
  return (operation) => {
    if (operation === 'find' || operation === 'checkWhatsApp') return undefined;
    writes += 1;
    const fault = faults.find(({ write }) => write === writes - 1);
    if (fault === undefined) return undefined;
    onFault(fault.kind);
    return faultFor(fault.kind);
  };
}

function faultFor(kind: WriteFault['kind']): FakeFault {
  switch (kind) {
    case 'lost':
      return { when: 'after', error: gatewayError('timeout') };
    case 'half':
      return { when: 'half', error: gatewayError('timeout') };
    case 'refused':
      return { when: 'before', error: gatewayError('rate_limited', { effect: 'none', retryAfterMs: 500 }) };
    case 'hangs_before':
      return { when: 'before', hangs: true, error: gatewayError('timeout') };
    case 'hangs_after':
      return { when: 'after', hangs: true, error: gatewayError('timeout') };
  }
}
