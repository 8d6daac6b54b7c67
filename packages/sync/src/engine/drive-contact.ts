import type { Result } from 'neverthrow';
import type { DesiredContact } from '../mapping/mapping.ts';
import {
  afterConflict,
  afterCreate,
  afterFind,
  afterNotFound,
  afterPartialWrite,
  afterUnclearCreate,
  afterUnclearUpdate,
  afterUpdate,
  type Knowledge,
} from '../planner/knowledge.ts';
import { nextCall, type PlannedCall } from '../planner/next-call.ts';
import { checked } from '../planner/whatsapp.ts';
import type { GatewayError } from '../ports/contact-gateway.ts';
import type { StoreError } from '../ports/order-store.ts';
import type { Held } from './held-phone.ts';
import { afterLateWrite } from './late-write.ts';
import type { Lease } from './lease.ts';
import { type EngineParts, planRules, whatsAppRules } from './parts.ts';
import type { FailureKind } from './sync-engine.ts';

export type Drive =
  | { readonly kind: 'reached'; readonly known: Knowledge; readonly calls: number }
  | {
      readonly kind: 'failed';
      readonly known: Knowledge;
      readonly calls: number;
      readonly error: GatewayError;
      readonly failure: FailureKind;
    }
  | { readonly kind: 'lease_lost'; readonly calls: number }
  | {
      readonly kind: 'store_failed';
      readonly known: Knowledge;
      readonly calls: number;
      readonly error: StoreError;
    };

/** One call's result: go on with what is known now, or give up. */
type Step = { readonly known: Knowledge } & (
  | { readonly error?: undefined }
  | { readonly error: GatewayError; readonly failure: FailureKind }
);

interface Run {
  readonly hostSignal: AbortSignal | undefined;
  /** Told of a write that ended although nobody waited for it any longer. */
  readonly late: (answer: Result<unknown, GatewayError>) => Promise<void>;
}

/** A contact that vanishes or appears while it is worked on costs a few more calls; more than this is a fault. */
const maxCalls = 12;

/** Calls the service until the contact is as desired, one planned call at a time, never without the lease. */
export async function driveContact<O>(
  { parts, lease, orderId }: Held<O>,
  desired: DesiredContact | null,
  start: Knowledge,
  hostSignal: AbortSignal | undefined,
): Promise<Drive> {
  let known = start;
  for (let calls = 0; ; calls += 1) {
    const call = nextCall(lease.phone.phoneKey, desired, known, planRules(parts), parts.hasher);
    if (call === null) return { kind: 'reached', known, calls };
    const held = await lease.ensure();
    if (held.isErr()) return { kind: 'store_failed', known, calls, error: held.error };
    if (held.value === 'lost') return { kind: 'lease_lost', calls };

    const late = (answer: Result<unknown, GatewayError>) =>
      afterLateWrite(parts, lease.phone, orderId, answer);
    const step = await perform(parts, lease, desired, known, call, { hostSignal, late });
    if (step.error !== undefined) return { ...step, kind: 'failed', calls: calls + 1 };
    parts.key.rejected = false;
    known = step.known;
    if (calls >= maxCalls) {
      return { kind: 'failed', known, calls: calls + 1, error: unsteady, failure: 'conflict' };
    }
  }
}

function perform<O>(
  parts: EngineParts<O>,
  lease: Lease<O>,
  desired: DesiredContact | null,
  known: Knowledge,
  call: PlannedCall,
  { hostSignal, late }: Run,
): Promise<Step> {
  const { gateway, hasher } = parts;
  const phone = lease.phone.phoneKey;
  const run = <T>(start: Parameters<typeof lease.run<T>>[0]) => lease.run(start, hostSignal);
  const write = <T>(start: Parameters<typeof lease.run<T>>[0]) => lease.run(start, hostSignal, late);
  if (call.kind === 'check_whatsapp') {
    return run((options) => gateway.checkWhatsApp(phone, options)).then((answer) =>
      afterCheck(known, answer, desired),
    );
  }
  // Only a check is planned without a desired contact.
  const wanted = desired ?? { fields: {}, problems: [] };
  if (call.kind === 'find') {
    return run((options) => gateway.find(phone, options)).then((answer) =>
      answer.isErr()
        ? failed(known, answer.error)
        : { known: afterFind(known, answer.value, wanted, hasher) },
    );
  }
  if (call.kind === 'create') {
    return write((options) => gateway.create(call.contact, options)).then((answer) =>
      answer.isErr()
        ? afterFailedCreate(parts, known, answer.error, wanted)
        : { known: afterCreate(known, answer.value, wanted, hasher, whatsAppRules(parts)) },
    );
  }
  const { changes } = call;
  return write((options) => gateway.update(phone, changes, options)).then((answer) =>
    answer.isErr()
      ? afterFailedUpdate(parts, known, answer.error, [...Object.keys(changes.set), ...changes.clear], wanted)
      : { known: afterUpdate(known, answer.value, changes, wanted, hasher, whatsAppRules(parts)) },
  );
}

function failed(known: Knowledge, error: GatewayError, failure: FailureKind = error.kind): Step {
  return { known, error, failure };
}

function afterCheck(
  known: Knowledge,
  answer: Result<'yes' | 'no' | 'unknown', GatewayError>,
  desired: DesiredContact | null,
): Step {
  if (answer.isOk()) {
    if (answer.value === 'unknown') return failed(known, noAnswer, 'whatsapp_unknown');
    return { known: { ...known, whatsApp: checked(answer.value) } };
  }
  const { error } = answer;
  if (error.kind === 'not_found' && desired !== null) return { known: afterNotFound(known) };
  const counts = !['rate_limited', 'circuit_open', 'unauthorized', 'aborted'].includes(error.kind);
  return counts ? failed(known, { ...error, retryable: true }, 'whatsapp_unknown') : failed(known, error);
}

function afterFailedCreate<O>(
  parts: EngineParts<O>,
  known: Knowledge,
  error: GatewayError,
  desired: DesiredContact,
): Step {
  if (error.kind === 'conflict' && known.contact !== 'absent') return { known: afterConflict(known) };
  if (error.kind === 'partial_write') {
    const missing = error.missingFields ?? [];
    const names = Object.keys(desired.fields);
    return failed(
      { ...afterPartialWrite(known, names, missing, desired, parts.hasher), created: true },
      error,
    );
  }
  return failed(error.effect === 'unknown' ? afterUnclearCreate(known) : known, error);
}

function afterFailedUpdate<O>(
  parts: EngineParts<O>,
  known: Knowledge,
  error: GatewayError,
  attempted: readonly string[],
  desired: DesiredContact,
): Step {
  if (error.kind === 'not_found') return { known: afterNotFound(known) };
  if (error.kind === 'partial_write') {
    return failed(
      afterPartialWrite(known, attempted, error.missingFields ?? [], desired, parts.hasher),
      error,
    );
  }
  return failed(error.effect === 'unknown' ? afterUnclearUpdate(known, attempted) : known, error);
}

const noAnswer: GatewayError = {
  kind: 'unexpected_body',
  message: 'The WhatsApp check gave neither yes nor no.',
  retryable: true,
  effect: 'none',
};

const unsteady: GatewayError = {
  kind: 'conflict',
  message: 'The contact keeps changing while it is written.',
  retryable: true,
  effect: 'none',
};
