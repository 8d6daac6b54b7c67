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
  | { readonly kind: 'hang' };

/** An answer that arrives as it was made. */
export function intact(answer: Answer): Outcome {
  return { kind: 'answer', answer, delivery: { kind: 'whole' } };
}

/** Damages what the service answered. `whole` tells that the answer can still be checked against the contract. */
export function damage(
  answer: Answer,
  fault: Fault | null,
): { readonly outcome: Outcome; readonly whole: boolean } {
  const damaged = (outcome: Outcome) => ({ outcome, whole: false });
  const half = answer.body.slice(0, Math.floor(answer.body.length / 2));
  switch (fault?.kind) {
    case 'connection_reset':
      return damaged({ kind: 'reset' });
    case 'hang':
      return damaged({ kind: 'hang' });
    case 'truncated_body':
      return damaged(intact({ ...answer, body: half }));
    case 'broken_body':
      return damaged({ kind: 'answer', answer, delivery: { kind: 'broken' } });
    case 'not_json':
      return damaged(
        intact({ ...answer, contentType: 'application/json', body: '<html><body>Please wait</body></html>' }),
      );
    case 'wrong_content_type':
      return damaged(intact({ ...answer, contentType: 'text/html' }));
    case 'slow_body':
      return {
        outcome: { kind: 'answer', answer, delivery: { kind: 'slow', durationMs: fault.durationMs } },
        whole: true,
      };
    default:
      return { outcome: intact(answer), whole: true };
  }
}
