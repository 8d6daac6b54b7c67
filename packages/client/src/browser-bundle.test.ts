import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { record } from '../../../tools/recorded-requests/recorder.ts';
import { type BuiltPackage, buildPackage } from '../test/build-package.ts';
import { appendixContact, phone } from '../test/set-up.ts';

let built: BuiltPackage;
beforeAll(async () => {
  built = await buildPackage('browser-bundle');
}, 60_000);
afterAll(() => built.remove());

/** What a browser has of what the client may use; nothing of Node. */
function browser() {
  const { URL, Request, Response, Headers, AbortController, AbortSignal, FormData } = globalThis;
  const { TextDecoder, TextEncoder, performance, setTimeout, clearTimeout, URLSearchParams } = globalThis;
  return createContext({
    ...{ URL, Request, Response, Headers, AbortController, AbortSignal, FormData },
    ...{ TextDecoder, TextEncoder, performance, setTimeout, clearTimeout, URLSearchParams },
    async fetch(request: Request) {
      // The transport is inside of the bundle, out of reach for those who record requests in other tests.
      record(request, { baseUrl: 'https://app.chatgptbuilder.io/api' });
      return new Response(JSON.stringify(appendixContact));
    },
  });
}

describe.each(['index.js', 'index.cjs'])('the built package, %s', (file) => {
  it('bundles for browsers without anything of Node, and works there', async () => {
    const bundle = await build({
      entryPoints: [join(built.folder, file)],
      bundle: true,
      platform: 'browser',
      format: 'iife',
      globalName: 'cbb',
      write: false,
      logLevel: 'silent',
    });
    expect([bundle.errors, bundle.warnings]).toEqual([[], []]);
    const [output] = bundle.outputFiles;
    const call = `cbb.createCbbClient({ contract: 'plan', apiKey: 'key' }).contacts.find('${phone}')`;
    const script = `${output?.text}; ${call}.then((result) => JSON.stringify(result.value))`;
    expect(JSON.parse(await runInContext(script, browser()))).toMatchObject({ id: phone, whatsApp: 'yes' });
  });
});
