const network = 'check CBB_API_URL and the network';
const account =
  'look at the named fields in the account, where none is named at CBB_API_URL (cbb doctor), then cbb retry-failed';

const remedies: ReadonlyMap<string, string> = new Map([
  ['network', network],
  ['timeout', network],
  ['unavailable', network],
  ['circuit_open', network],
  ['unexpected_body', 'check CBB_API_URL and CBB_API_CONTRACT'],
  ['unauthorized', 'check CBB_API_KEY, and by cbb doctor whether CBB_API_URL and CBB_API_CONTRACT fit it'],
  ['invalid_request', account],
  ['partial_write', account],
  ['not_found', 'check CBB_API_URL and CBB_API_CONTRACT, then cbb retry-failed'],
  ['conflict', 'look at the contact in the account, then cbb retry-failed'],
  ['whatsapp_unknown', 'cbb retry-failed --kind=whatsapp_unknown, once the service checks WhatsApp again'],
  ['crashed', 'find out what ends the worker, then cbb retry-failed --kind=crashed'],
  ['invalid_phone', 'correct the phone of the order: the edit makes it due again'],
  ['row_invalid', 'correct the named columns of the order: the edit makes it due again'],
  [
    'order_not_found',
    'where the order is not just being written, another database works the same queue: give each its own queue name or prefix',
  ],
  ['mapping_failed', 'repair that part of the mapping, then cbb retry-failed --kind=mapping_failed'],
]);

/** What a person should do about a failure, by its kind or reason; null where nothing is wrong on this side. */
export function remedyOf(failure: string | null): string | null {
  return remedies.get(failure?.split(':')[0] ?? '') ?? null;
}
