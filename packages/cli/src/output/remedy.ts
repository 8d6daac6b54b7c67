import { type Failure, workFailed } from '../failure.ts';

const network = 'check CBB_API_URL and the network';

const remedies: ReadonlyMap<string, string> = new Map([
  ['network', network],
  ['timeout', network],
  ['unavailable', network],
  ['unexpected_body', 'check CBB_API_URL and CBB_API_CONTRACT'],
  ['unauthorized', 'check CBB_API_KEY'],
]);

/** What a person should do about a failure of the contact service; null where nothing is wrong on this side. */
export function remedyOf(failure: string | null): string | null {
  return remedies.get(failure ?? '') ?? null;
}

/** A call to the service failed: with what to do about it. */
export function serviceFailed({
  kind,
  message,
}: {
  readonly kind: string;
  readonly message: string;
}): Failure {
  const remedy = remedyOf(kind);
  return workFailed({ kind, message: remedy === null ? message : `${message} -> ${remedy}` });
}
