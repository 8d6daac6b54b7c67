import { afterEach, describe, expect, it, vi } from 'vitest';
import { finish, found, phone, setUp } from '../../test/set-up.ts';

const own = 'visanet-cbb-client/development';
const agentOf = async (options: Parameters<typeof setUp>[1]) => {
  const { client, sent } = setUp([found], options);
  await finish(client.contacts.find(phone));
  return sent[0]?.headers.get('user-agent');
};

describe('the User-Agent', () => {
  it("names the client, after the host's own name, and gives way to a header", async () => {
    expect(await agentOf({})).toBe(own);
    expect(await agentOf({ userAgent: 'orders/2.1' })).toBe(`orders/2.1 ${own}`);
    expect(await agentOf({ headers: { 'User-Agent': 'mine' } })).toBe('mine');
  });
});

describe('in a browser', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
    vi.restoreAllMocks();
  });

  async function inBrowser() {
    vi.stubGlobal('window', {});
    vi.stubGlobal('document', {});
    vi.resetModules();
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    return { warn, ...(await import('../index.ts')) };
  }

  it('says once that the key is readable, and leaves the User-Agent to the browser', async () => {
    const { createCbbClient, warn } = await inBrowser();
    createCbbClient({ contract: 'plan', apiKey: 'secret-key-1' });
    createCbbClient({ contract: 'v1.1', apiKey: 'secret-key-1' });
    expect(warn.mock.calls).toEqual([[expect.stringContaining('can read the API key')]]);
    expect(String(warn.mock.calls)).not.toContain('secret-key-1');
    expect(await agentOf({ userAgent: 'orders/2.1', allowBrowser: true })).toBeNull();
  });

  it('says nothing where it is allowed, and says it to a logger', async () => {
    const { createCbbClient, warn } = await inBrowser();
    createCbbClient({ contract: 'plan', apiKey: 'key', allowBrowser: true });
    const logger = { debug: vi.fn(), warn: vi.fn() };
    createCbbClient({ contract: 'plan', apiKey: 'key', logger });
    expect(warn).not.toHaveBeenCalled();
    expect(logger.warn).toHaveBeenCalledOnce();
  });
});
