/** A client instance, as opposed to options for one. */
interface ClientLike {
  duplicate(overrides: object): ClientLike;
  disconnect(): void;
}

function isClient(connection: object): connection is ClientLike {
  return 'duplicate' in connection && typeof connection.duplicate === 'function';
}

/** A producer answers a web request: it must fail fast while Redis is away, not wait for it. */
export function producerConnection(connection: object): object {
  return isClient(connection)
    ? connection
    : { ...connection, maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: undefined };
}

/**
 * A worker waits for Redis for ever, and blocks in its reads: BullMQ demands no retry limit, and a command
 * timeout would break every quiet poll.
 */
export function workerConnection(connection: object): { connection: object; release: () => void } {
  const patient = { maxRetriesPerRequest: null, enableOfflineQueue: true, commandTimeout: undefined };
  if (!isClient(connection)) return { connection: { ...connection, ...patient }, release: () => {} };
  const own = connection.duplicate(patient);
  return { connection: own, release: () => own.disconnect() };
}
