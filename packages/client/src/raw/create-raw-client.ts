import createClient, { type Client } from 'openapi-fetch';
import { isUrlOf } from '../resilience/build-url.ts';
import type { Operation } from '../resilience/operation.ts';
import type { Transport } from '../resilience/transport.ts';

/**
 * The openapi-fetch client of an API document, behind the transport of the typed contacts: same limiter, circuit
 * breaker, timeout and hooks, no retries and no reading of answers.
 */
export function createRawClient<Paths extends object>(options: {
  readonly baseUrl: string;
  readonly transport: Transport;
  readonly operations: readonly Operation[];
}): Client<Paths> {
  const { baseUrl, transport, operations } = options;
  const operationOf = new WeakMap<Request, Operation>();
  const isOperationOf = (request: Request) => (operation: Operation) =>
    operation.method === request.method && isUrlOf(request.url, baseUrl, operation);
  const client = createClient<Paths>({
    baseUrl,
    fetch: (request) => {
      // A middleware of the caller may have replaced the request.
      const operation = operationOf.get(request) ?? operations.find(isOperationOf(request));
      if (operation === undefined) return Promise.reject(new TypeError('[cbb-client] unknown operation'));
      return transport.fetch(operation, request);
    },
  });
  client.use({
    onRequest({ request, schemaPath }) {
      const { method } = request;
      const known = operations.find(
        (operation) => operation.pathTemplate === schemaPath && operation.method === method,
      );
      if (known !== undefined) operationOf.set(request, known);
    },
  });
  return client;
}
