import type { HostEvent } from '@visanet/cbb-host';
import type { EventLog } from './event-log.ts';
import type { Printer } from './printer.ts';

/** Writes what the composition and its parts tell into the log of a worker. */
export function logHostEvent(log: EventLog, event: HostEvent): void {
  switch (event.kind) {
    case 'announcements':
      log.listen(event.state);
      break;
    case 'rate-limit-failed':
      log.log('warn', event.kind, { error: event.cause, message: event.message });
      break;
    case 'service-awaited':
      log.log('warn', event.kind, {
        error: event.cause,
        message: event.message,
        remedy: event.remedy,
        againInMs: event.retryInMs,
      });
      break;
    case 'database-awaited':
      log.log('warn', event.kind, { message: event.message, againInMs: event.retryInMs });
      break;
    case 'service-answered':
      log.log('info', event.kind);
      break;
    case 'failover-adopted':
      log.log('warn', event.kind, { message: event.message });
      break;
    case 'announced-order-left':
      log.log('warn', event.kind, { orderId: event.orderId, error: event.error });
      break;
    case 'settings-without-effect':
      log.log('warn', event.kind, {
        message: `nothing in this version acts on ${event.names.join(', ')}`,
      });
      break;
    case 'field-unusable':
    case 'identity-drift':
    case 'contact-orphaned':
    case 'lease-lost':
    case 'key-rejected':
    case 'erasure-completed':
      log.engine(event);
      break;
    default:
      log.worker(event);
  }
}

/** For commands without a log: what keeps them waiting is said on the terminal. */
export function noteHostEvent(print: Printer): (event: HostEvent) => void {
  return (event) => {
    if (event.kind === 'rate-limit-failed') print.note(event.message);
    if (event.kind === 'service-awaited') {
      print.note(event.remedy === null ? event.message : `${event.message} -> ${event.remedy}`);
    }
  };
}
