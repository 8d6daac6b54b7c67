import type { FieldProblem } from '../mapping/mapping.ts';
import type { SyncReport } from './sync-engine.ts';

/** What the engine tells its host. Holds no customer data but masked phones. */
export type SyncEvent =
  /** One order got its one outcome. */
  | { readonly kind: 'sync-finished'; readonly report: SyncReport }
  /**
   * A value of an applied order could not be used; the field counts as missing. `empty` is the mild one of the
   * problems: hosts whose columns hold empty texts for absent values will want to count it and not to be alarmed.
   */
  | {
      readonly kind: 'field-unusable';
      readonly orderId: string;
      readonly field: string;
      readonly problem: FieldProblem['problem'];
    }
  /** Name or email differ from those the contact was created with; the service cannot change them. */
  | {
      readonly kind: 'identity-drift';
      readonly orderId: string;
      readonly phone: string;
      readonly fields: readonly ('name' | 'email')[];
    }
  /** An order moved away from a phone that has no other order: a person decides what becomes of the contact. */
  | { readonly kind: 'contact-orphaned'; readonly orderId: string }
  /** This sync lost its lease; what it wrote is written again by the next. */
  | { readonly kind: 'lease-lost'; readonly orderId: string; readonly phone: string }
  /** The service rejects the key. Told once until a call succeeds again. */
  | { readonly kind: 'key-rejected' }
  /** An interrupted erasure was carried to its end. `remaining` is what a person must still remove. */
  | { readonly kind: 'erasure-completed'; readonly remaining: readonly string[] };

export type SyncEventListener = (event: SyncEvent) => void;
