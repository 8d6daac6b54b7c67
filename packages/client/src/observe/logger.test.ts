import { Console } from 'node:console';
import { PassThrough } from 'node:stream';
import { ConsoleLogger, type LoggerService } from '@nestjs/common';
import { pino } from 'pino';
import { expect, it, vi } from 'vitest';
import { json, text } from '../../test/scripted-fetch.ts';
import { finish, found, phone, setUp } from '../../test/set-up.ts';
import type { Logger } from '../index.ts';

const output = () => {
  const stream = new PassThrough();
  const lines: string[] = [];
  stream.on('data', (chunk) => lines.push(String(chunk)));
  return { stream, written: () => lines.join('') };
};

async function use(logger: Logger): Promise<void> {
  const { client, clock } = setUp(
    [text('', 500, { 'x-request-id': 'req-1' }), text('', 429, { 'retry-after': '60' }), found],
    { logger, circuitBreaker: { failureThreshold: 1, openMs: 1_000 }, retry: { attempts: 2 } },
  );
  await finish(client.contacts.update(phone, { set: { note: 'top-secret' }, clear: [] }), clock);
  await finish(client.contacts.find(phone), clock);
  clock.advance(60_000);
  await finish(client.contacts.find(phone), clock);
}

const name = 'updateContact (PATCH /contacts/{id})';
const expected = [
  new RegExp(`${name.replace(/[()]/g, '\\$&')} leaves: attempt 1, [0-9a-z]{8}-1\\.1`),
  /ended HTTP 500 after 0 ms: unavailable, attempt 1, [0-9a-z]{8}-1\.1, request req-1/,
  /\[cbb-client\] the circuit is open/,
  /is repeated in 500 ms: unavailable/,
  /the circuit is half open/,
  /nothing is sent for 60000 ms: rate_limited/,
  /is not sent: rate_limited, again in 60000 ms/,
  /ended HTTP 200 after 0 ms: ok/,
  /the circuit is closed/,
];

function expectAll(written: string): void {
  for (const line of expected) expect(written).toMatch(line);
  expect(written).not.toMatch(/447700900123|top-secret|secret-key/);
}

it('a console', async () => {
  const { stream, written } = output();
  await use(new Console({ stdout: stream, stderr: stream }));
  expectAll(written());
});

it('pino', async () => {
  const { stream, written } = output();
  await use(pino({ level: 'debug' }, stream));
  expectAll(written());
  const levels = written()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map(({ level, msg }) => [level, /leaves|: ok|half open/.test(msg) ? 20 : 40]);
  expect(levels.every(([level, wanted]) => level === wanted)).toBe(true);
});

it("Nest's", async () => {
  const lines: string[] = [];
  const write = vi
    .spyOn(process.stdout, 'write')
    .mockImplementation((chunk) => lines.push(String(chunk)) > 0);
  const nest = new ConsoleLogger({ colors: false, logLevels: ['debug', 'warn', 'error'] });
  await use(nest).finally(() => write.mockRestore());
  expectAll(lines.join(''));
  const service: Required<Pick<LoggerService, 'debug'>> & LoggerService = nest;
  const fits: Logger = service;
  expect(fits).toBe(nest);
});

it('cannot break a call by throwing', async () => {
  const failing = () => {
    throw new Error('the disk is full');
  };
  const { client } = setUp([json({}, 401)], { logger: { debug: failing, warn: failing } });
  expect(await finish(client.contacts.find(phone))).toBe('unauthorized');
});
