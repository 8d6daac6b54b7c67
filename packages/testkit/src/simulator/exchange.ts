import type { Answer, Call, Contract } from '../contract/contract.ts';
import { recordOf, textOf } from '../contract/read-value.ts';
import { damage, intact, type Outcome } from '../faults/damage.ts';
import type { Fault } from '../faults/fault.ts';
import { standInFor } from '../faults/stand-in.ts';
import type { ExchangeCheck } from '../openapi/check-exchange.ts';
import type { PathMatch } from '../openapi/match-path.ts';
import { mediaTypeOf, readBody } from '../openapi/media-type.ts';
import type { OperationModel } from '../openapi/model.ts';
import type { Session } from './session.ts';
import type { Settings } from './simulator-options.ts';

/** Everything that one exchange needs besides the request. */
export interface ExchangeContext {
  readonly settings: Settings;
  readonly session: Session;
  readonly check: ExchangeCheck;
  match(method: string, path: string): PathMatch | null;
}

/** Takes one request from arrival to outcome. The effect happens whether or not the caller waits for it. */
export async function runExchange(request: Request, context: ExchangeContext): Promise<Outcome> {
  const { settings, session, check } = context;
  const { clock, basePath } = settings;
  const { contract, journal, violations } = session;
  const url = new URL(request.url);
  const { method } = request;
  const body = await request.text();
  const contentType = request.headers.get('content-type');
  const inside = url.pathname.startsWith(`${basePath}/`);
  const path = inside ? url.pathname.slice(basePath.length) : url.pathname;
  const match = inside ? context.match(method, path) : null;
  const operation = match?.operation;
  const sequence = journal.arrive(
    { method, target: path + url.search, contentType, body },
    {
      operationId: operation?.operationId ?? null,
      pathTemplate: match?.pathTemplate ?? null,
      atMs: clock.now(),
    },
  );
  const violate = (side: 'request' | 'answer', problems: readonly string[]) => {
    if (problems.length > 0)
      violations.push({ sequence, side, method, pathTemplate: match?.pathTemplate ?? null, problems });
    return problems.length > 0;
  };
  const refuse = (answer: Answer): Outcome => {
    journal.complete(sequence, { status: answer.status, fault: null, latencyMs: 0, carriedOut: false });
    return intact(answer);
  };

  if (match === null || operation === undefined) {
    const outside = inside ? contract.outside(method, path) : null;
    if (outside !== null) return refuse(outside);
    const problems = [match === null ? 'no such path' : 'no such method on this path'];
    violate('request', problems);
    return refuse(contract.violated(settings.violationStatus, problems));
  }
  const { pathParameters } = match;
  const parts = { pathParameters, query: url.searchParams, headers: request.headers, body };
  const problems = check.request(operation, parts);
  if (violate('request', problems)) return refuse(contract.violated(settings.violationStatus, problems));

  const call = {
    operationId: operation.operationId,
    pathParameters,
    query: url.searchParams,
    body: readCallBody(contentType, body),
  };
  const { operationId } = operation;
  const { latencyMs, fault } = session.chooser.choose({ operationId, method, contactId: contactOf(call) });
  if (latencyMs > 0) await new Promise<void>((resolve) => clock.schedule(latencyMs, resolve));

  const standIn = standInFor(fault);
  const worked = standIn === null ? work(call, request.headers, fault, context) : refusedBy(standIn);
  // The service's own answer is checked, not what a fault makes of it or puts in its place.
  if (standIn === null) violate('answer', answerProblems(operation, worked.answer, check));
  const outcome = damage(worked.answer, fault);
  journal.complete(sequence, {
    status: outcome.kind === 'answer' ? outcome.answer.status : null,
    fault: fault?.kind ?? (latencyMs > 0 ? 'latency' : null),
    latencyMs,
    carriedOut: worked.carriedOut,
  });
  return outcome;
}

interface Worked {
  readonly answer: Answer;
  readonly carriedOut: boolean;
}

const refusedBy = (answer: Answer): Worked => ({ answer, carriedOut: false });

/** Key, limit, faults before the effect, the effect itself, faults in place of its answer. */
function work(
  call: Omit<Call, 'key'>,
  headers: Headers,
  fault: Fault | null,
  context: ExchangeContext,
): Worked {
  const { settings, session } = context;
  const { contract } = session;
  const key = contract.keyOf(headers);
  if (fault?.kind === 'key_rejected' || key === null || !settings.apiKeys.includes(key))
    return refusedBy(contract.unauthorized());
  const waitMs = session.rateLimit?.take(settings.clock.now()) ?? null;
  if (waitMs !== null) return refusedBy(contract.rateLimited(waitMs, settings.retryAfterForm));
  if (fault?.kind === 'rate_limited') {
    return refusedBy(contract.rateLimited(fault.retryAfterMs ?? null, fault.form ?? 'seconds'));
  }
  const accepted = { ...call, key };
  if (fault?.kind === 'duplicate_create') contract.createBefore(accepted);
  const carriedOut = takesEffect(fault);
  const answer = carriedOut ? contract.handle(accepted) : null;
  if (answer === null || fault?.kind === 'server_error')
    return { answer: serverError(contract, fault), carriedOut };
  return { answer, carriedOut };
}

/** The contact that a request is about, by the path, the body or the query. */
function contactOf({ pathParameters, body, query }: Omit<Call, 'key'>): string | null {
  const { id = null, contact_id: contactId = null } = pathParameters;
  const { phone } = recordOf(body);
  const asked = query.get('field_id') === 'phone' ? query.get('value') : null;
  return id ?? contactId ?? textOf(phone) ?? asked;
}

function takesEffect(fault: Fault | null): boolean {
  if (fault?.kind === 'connection_refused') return false;
  if (fault?.kind !== 'server_error' && fault?.kind !== 'connection_reset' && fault?.kind !== 'hang')
    return true;
  return fault.moment === 'after_effect';
}

function serverError(contract: Contract, fault: Fault | null): Answer {
  return contract.serverError((fault?.kind === 'server_error' ? fault.status : undefined) ?? 500);
}

function readCallBody(contentType: string | null, body: string): unknown {
  const read = body === '' ? null : readBody(mediaTypeOf(contentType), body);
  return read?.ok === true ? read.value : undefined;
}

function answerProblems(operation: OperationModel, answer: Answer, check: ExchangeCheck): readonly string[] {
  const { status, contentType, body, mislabelled = false } = answer;
  return check.answer(operation, { status, contentType, body, mislabelled });
}
