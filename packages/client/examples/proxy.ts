import { createServer } from 'node:http';
import { connect } from 'node:net';
import { createCbbClient } from '@visanet/cbb-client';
import { ProxyAgent, fetch as undiciFetch } from 'undici';

/** Stands for the service. */
const service = createServer((_, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ id: '447700900123', phone: '447700900123', name: 'Jane Roe' }));
});

/** Stands for the proxy of a company: joins the two ends of a tunnel. */
const proxy = createServer().on('connect', ({ url = '' }, inner, head) => {
  console.log('the proxy was asked for a tunnel');
  const { hostname, port } = new URL(`http://${url}`);
  const outer = connect(Number(port), hostname, () => {
    inner.write('HTTP/1.1 200 Connection established\r\n\r\n');
    outer.write(head);
    outer.pipe(inner).pipe(outer);
  });
});

const portOf = async (server: typeof service) => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

const dispatcher = new ProxyAgent({ uri: `http://127.0.0.1:${await portOf(proxy)}`, proxyTunnel: true });

/** By undici's own `fetch`: that of Node takes only the dispatchers of the undici that it was built with. */
async function throughProxy(request: Request) {
  const { url, method, redirect, signal } = request;
  const headers = Object.fromEntries(request.headers);
  const body = (await request.text()) || null;
  return undiciFetch(url, { method, headers, body, redirect, signal, dispatcher });
}

const { contacts } = createCbbClient({
  contract: 'plan',
  apiKey: 'made-up-key',
  baseUrl: `http://127.0.0.1:${await portOf(service)}/api`,
  fetch: throughProxy,
});

const found = await contacts.find('447700900123');
console.log(found.isOk() ? found.value?.name : found.error);

await dispatcher.close();
service.close();
proxy.close();
