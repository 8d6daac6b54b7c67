import { remedyOf } from '../errors/remedies.ts';
import type { HostEvent, PartEvent } from './host-event.ts';

const halts = {
  key_rejected: 'the service rejects the key; check CBB_API_KEY, then start the worker again',
  sync_disabled: 'the sync is switched off; set ENABLE_CBB_SYNC=true, then start the worker again',
} as const;

/** Parts know no settings: what a person can do about their troubles is added here. */
export function explainEvent(event: PartEvent): HostEvent {
  switch (event.kind) {
    case 'job-finished':
      return { ...event, remedy: remedyOf(event.report.failure) };
    case 'job-errored':
      return { ...event, remedy: remedyOf(event.error) };
    case 'worker-halted':
      return event.reason === 'misconfigured' ? event : { ...event, message: halts[event.reason] };
    default:
      return event;
  }
}
