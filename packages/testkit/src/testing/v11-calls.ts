import type { Simulator } from '../simulator/simulator.ts';

/** Plain requests of contract v1.1 against a simulator without sockets. */
export function v11Calls(simulator: Simulator, key = simulator.apiKey) {
  const send = (method: string, path: string, body?: string, contentType?: string) =>
    simulator.fetch(`https://app.chatgptbuilder.io/api${path}`, {
      method,
      headers: {
        'x-access-token': key,
        ...(contentType === undefined ? {} : { 'content-type': contentType }),
      },
      ...(body === undefined ? {} : { body }),
    });
  const read = async (response: Promise<Response>) => JSON.parse(await (await response).text());
  const post = (path: string, body: unknown) => send('POST', path, JSON.stringify(body), 'application/json');
  return {
    send,
    read,
    post,
    get: (path: string) => read(send('GET', path)),
    remove: (path: string) => read(send('DELETE', path)),
    postJson: (path: string, body: unknown) => read(post(path, body)),
    postForm: (path: string, form: Record<string, string>) =>
      read(send('POST', path, new URLSearchParams(form).toString(), 'application/x-www-form-urlencoded')),
  };
}

export function setAction(field: string, value: string) {
  return { action: 'set_field_value', field_name: field, value };
}
