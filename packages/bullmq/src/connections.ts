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
  const hasty = { maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: undefined };
  return isClient(connection) ? connection : { ...connection, ...hasty };
}

/** A worker waits for Redis for ever, in blocking reads: a retry limit or a command timeout would break them. */
export function workerConnection(connection: object): { connection: object; release: () => void } {
  const patient = { maxRetriesPerRequest: null, enableOfflineQueue: true, commandTimeout: undefined };
  if (!isClient(connection)) return { connection: { ...connection, ...patient }, release: () => {} };
  const own = connection.duplicate(patient);
  return { connection: own, release: () => own.disconnect() };
}
