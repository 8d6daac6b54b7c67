import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { json, text } from '../../test/scripted-fetch.ts';
import { appendixContact, finish, found, phone, setUp } from '../../test/set-up.ts';
import { setUpService } from '../../test/set-up-v11.ts';
import type { Tracer } from '../index.ts';

const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
const tracer = provider.getTracer('test');

beforeAll(() => context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()));
beforeEach(() => exporter.reset());
afterAll(async () => {
  context.disable();
  await provider.shutdown();
});

const spans = () => exporter.getFinishedSpans();
const named = (name: string) => spans().filter((span) => span.name === name);
const parentOf = ({ parentSpanContext }: ReadableSpan) =>
  spans().find((span) => span.spanContext().spanId === parentSpanContext?.spanId)?.name;

describe('spans of OpenTelemetry', () => {
  it('are one for the call and one for each request, inside of what the host traces', async () => {
    const { client, clock } = setUp(
      [text('', 503), json(appendixContact, 200, { 'x-request-id': 'req-1' })],
      { tracer },
    );
    await tracer.startActiveSpan('host', async (span) => {
      await finish(client.contacts.find(phone), clock);
      span.end();
    });
    const [first, second] = named('GET /contacts/{id}');
    const [call] = named('cbb contacts.find');
    expect(spans()).toHaveLength(4);
    expect(call).toMatchObject({ kind: SpanKind.INTERNAL, status: { code: SpanStatusCode.UNSET } });
    expect(call && parentOf(call)).toBe('host');
    expect([first, second].map((span) => span && parentOf(span))).toEqual([call?.name, call?.name]);
    const http = { 'http.request.method': 'GET', 'url.template': '/contacts/{id}' };
    expect(first).toMatchObject({ kind: SpanKind.CLIENT, status: { code: SpanStatusCode.ERROR } });
    expect(first?.attributes).toEqual({
      ...http,
      'http.request.resend_count': 0,
      'http.response.status_code': 503,
      'error.type': 'unavailable',
    });
    expect(second?.attributes).toEqual({
      ...http,
      'http.request.resend_count': 1,
      'http.response.status_code': 200,
      'cbb.request_id': 'req-1',
    });
  });

  it('are one call over all requests of a write on v1.1', async () => {
    const { client } = setUpService({ tracer });
    await finish(client.contacts.create({ phone, fields: { notes: 'top-secret' } }));
    expect(
      spans()
        .filter((span) => span.kind === SpanKind.CLIENT)
        .map(({ name }) => name),
    ).toEqual(['GET /accounts/custom_fields', 'POST /contacts', 'GET /contacts/{contact_id}']);
    expect(named('cbb contacts.create')).toHaveLength(1);
  });

  it('tell why a call failed, also where nothing was sent, and hold no value', async () => {
    const { client } = setUp([json({ message: 'top-secret' }, 401)], { tracer });
    await finish(client.contacts.update(phone, { set: { note: 'top-secret' }, clear: [] }));
    await finish(client.contacts.find('../1'));
    await client.raw.GET('/contacts/{id}', { params: { path: { id: phone } } });
    expect(named('cbb contacts.update')[0]?.attributes).toEqual({ 'error.type': 'unauthorized' });
    expect(named('cbb contacts.find')[0]?.attributes).toEqual({ 'error.type': 'invalid_request' });
    expect(named('GET /contacts/{id}')).toHaveLength(1);
    const told = JSON.stringify(
      spans().map(({ name, attributes, events, status }) => [name, attributes, events, status]),
    );
    expect(told).not.toMatch(/447700900123|top-secret|secret-key/);
  });
});

describe('a tracer', () => {
  const broken = () => {
    throw new Error('from a tracer');
  };

  it('that fails before or after the work takes nothing away', async () => {
    const dead: Tracer = { startActiveSpan: broken };
    const late: Tracer = {
      startActiveSpan(_, __, run) {
        run({ setAttribute: broken, setStatus: broken, end: broken });
        return broken();
      },
    };
    for (const one of [dead, late]) {
      const { client, sent } = setUp([found], { tracer: one });
      expect(await finish(client.contacts.find(phone))).toBe('ok');
      expect(sent).toHaveLength(1);
    }
  });

  it('is that of the API where none is set up', async () => {
    const { client } = setUp([found], { tracer: trace.getTracer('none') });
    expect(await finish(client.contacts.find(phone))).toBe('ok');
  });
});
