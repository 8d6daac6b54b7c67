import { emptyAnswer, textAnswer, withHeaders } from '../contract/answers.ts';
import type { Answer } from '../contract/contract.ts';
import type { Fault, PlannedResponse } from './fault.ts';

const firewallPage =
  '<!DOCTYPE html><html><body><h1>Access denied</h1><p>Checking your browser</p></body></html>';

/** What answers in place of the service, before it sees the request; null where no fault does. */
export function standInFor(fault: Fault | null): Answer | null {
  switch (fault?.kind) {
    case 'redirect':
      return withHeaders(emptyAnswer(fault.status ?? 302), {
        location: fault.location ?? 'https://elsewhere.invalid/',
      });
    case 'firewall_page':
      return textAnswer(fault.status ?? 403, firewallPage, 'text/html');
    case 'retry_after':
      return withHeaders(emptyAnswer(fault.status ?? 503), { 'retry-after': fault.value });
    case 'respond':
      return planned(fault);
    default:
      return null;
  }
}

function planned({ status, body = '', contentType, headers = {} }: PlannedResponse): Answer {
  const answer =
    body === '' ? emptyAnswer(status) : textAnswer(status, body, contentType ?? 'application/json');
  return withHeaders(answer, headers);
}
