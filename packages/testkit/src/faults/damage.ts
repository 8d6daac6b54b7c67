import type { Answer } from '../contract/contract.ts';
import type { Fault } from './fault.ts';

/** How the bytes of an answer's body travel. */
export type Delivery =
  | { readonly kind: 'whole' }
  | { readonly kind: 'slow'; readonly durationMs: number }
  /** Half of it, then the connection ends. */
  | { readonly kind: 'broken' };

/** What becomes of one exchange. */
export type Outcome =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly delivery: Delivery }
  | { readonly kind: 'reset' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'hang' };

/** An answer that arrives as it was made. */
export function intact(answer: Answer): Outcome {
  return { kind: 'answer', answer, delivery: { kind: 'whole' } };
}

/** Damages what the service answered. */
export function damage(answer: Answer, fault: Fault | null): Outcome {
  switch (fault?.kind) {
    case 'connection_reset':
      return { kind: 'reset' };
    case 'connection_refused':
      return { kind: 'refused' };
    case 'hang':
      return { kind: 'hang' };
    case 'truncated_body':
      return intact({ ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) });
    case 'broken_body':
      return { kind: 'answer', answer, delivery: { kind: 'broken' } };
    case 'not_json':
      return intact({
        ...answer,
        contentType: 'application/json',
        body: '<html><body>Please wait</body></html>',
      });
    case 'wrong_content_type':
      return intact({ ...answer, contentType: 'text/html' });
    case 'slow_body':
      return { kind: 'answer', answer, delivery: { kind: 'slow', durationMs: fault.durationMs } };
    default:
      return intact(answer);
  }
}
