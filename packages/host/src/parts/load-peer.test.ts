import { expect, it } from 'vitest';
import { loadPeer } from './load-peer.ts';

const failing = (code?: string) =>
  loadPeer('bullmq', () => Promise.reject(Object.assign(new Error('/secret/path'), { code })));

it.each(['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'])(
  'says how to install what is missing (%s)',
  async (code) => {
    const error = (await failing(code))._unsafeUnwrapErr();
    expect(error).toEqual({
      kind: 'peer_missing',
      message: '[cbb-host] The package bullmq is not installed. Run: npm install bullmq',
      retryable: false,
    });
  },
);

it('says that a package cannot be loaded, without a word of why', async () => {
  const { message } = (await failing())._unsafeUnwrapErr();
  expect(message).toContain('bullmq cannot be loaded');
  expect(message).not.toContain('secret');
});
