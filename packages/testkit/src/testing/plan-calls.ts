import type { Simulator } from '../simulator/simulator.ts';

export type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

/** The four requests of contract plan, plainly. */
export function planCalls(fetch: Fetch, baseUrl: string, key: string) {
  const send = (method: string, path: string, body?: unknown, signal?: AbortSignal) =>
    fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  return {
    send,
    create: (phone: string, customFields: Record<string, unknown> = {}, rest: Record<string, unknown> = {}) =>
      send('POST', '/contacts', { id: phone, phone, customFields, ...rest }),
    find: (phone: string, signal?: AbortSignal) => send('GET', `/contacts/${phone}`, undefined, signal),
    update: (phone: string, customFields: Record<string, unknown>) =>
      send('PATCH', `/contacts/${phone}`, { customFields }),
    check: (phone: string) => send('GET', `/contacts/${phone}/validate-whatsapp`),
  };
}

/** The same against a simulator without sockets. */
export function callsOf(simulator: Simulator) {
  return planCalls(simulator.fetch, 'https://app.chatgptbuilder.io/api', simulator.apiKey);
}

export const PHONE = '447700900123';
