import assert from 'node:assert/strict';
import type { GatewayError, GatewayErrorKind } from '@visanet/cbb-sync';
import type { Result } from 'neverthrow';
import { fields, must, mustFail, otherPhone, phone } from './expect-answer.ts';
import type { GatewayFault, GatewaySubject, GatewayTest } from './gateway-suite.ts';

/** Short only where the deadline itself is what ends the call: elsewhere a busy machine must not reach it first. */
const deadlineOf = ({ kind }: GatewayFault) => (kind === 'hang' ? 300 : 5_000);
/** Far above what a busy machine adds to the deadline, far below every usual timeout. */
const patienceMs = 15_000;
const changes = { set: { visa_country: 'peru', visa_quantity: 3 }, clear: ['branch'] };

const mishaps: readonly (readonly [GatewayFault, readonly GatewayErrorKind[]])[] = [
  [{ kind: 'server_error', moment: 'before_effect' }, ['unavailable']],
  [{ kind: 'server_error', moment: 'after_effect' }, ['unavailable']],
  [{ kind: 'connection_reset', moment: 'before_effect' }, ['network']],
  [{ kind: 'connection_reset', moment: 'after_effect' }, ['network']],
  [{ kind: 'hang', moment: 'before_effect' }, ['timeout']],
  [{ kind: 'hang', moment: 'after_effect' }, ['timeout']],
  [{ kind: 'truncated_body' }, ['unexpected_body']],
  [{ kind: 'not_json' }, ['unexpected_body']],
  [{ kind: 'rate_limited' }, ['rate_limited']],
  [{ kind: 'key_rejected' }, ['unauthorized']],
  [{ kind: 'firewall_page' }, ['unavailable', 'unauthorized']],
  [{ kind: 'redirect' }, ['unexpected_body']],
  [{ kind: 'retry_after', value: '9'.repeat(400) }, ['unavailable']],
  [{ kind: 'retry_after', value: '31536000' }, ['unavailable']],
];

const nameOf = (fault: GatewayFault) => `${fault.kind}${'moment' in fault ? `, ${fault.moment}` : ''}`;

export function failureTests(test: GatewayTest): void {
  for (const [fault, kinds] of mishaps) {
    const deadlineMs = deadlineOf(fault);
    test(`a look that meets ${nameOf(fault)} is never read as nobody, nor as no WhatsApp`, async (subject) => {
      const { gateway, service } = subject;
      await must(gateway.create({ phone, fields }));
      await service.fail(fault, 'reads');
      const error = await ended(() => mustFail(gateway.find(phone, { deadlineMs })));
      assert.ok(kinds.includes(error.kind), `expected ${kinds.join(' or ')}, got ${error.kind}`);
      assert.equal(error.effect, 'none');
      await ended(() => mustFail(gateway.checkWhatsApp(phone, { deadlineMs })));
    });

    test(`an update that meets ${nameOf(fault)} says what is known of its effect`, async (subject) => {
      const { gateway, service } = subject;
      await must(gateway.create({ phone, fields }));
      // What a gateway has to know of the account's fields is known before the writes fail.
      await must(gateway.update(phone, { set: { branch: 'il' }, clear: [] }));
      await service.fail(fault, 'writes');
      const result = await ended(() => gateway.update(phone, changes, { deadlineMs }));
      await service.heal();
      assert.ok(result.isErr(), 'a write that was not acknowledged is no success');
      assertHonest(result, await service.fieldsOf(phone));
    });

    test(`a creation that meets ${nameOf(fault)} says what is known of its effect`, async (subject) => {
      const { gateway, service } = subject;
      await must(gateway.create({ phone: otherPhone, fields }));
      await service.fail(fault, 'writes');
      const result = await ended(() => gateway.create({ phone, fields }, { deadlineMs }));
      await service.heal();
      assert.ok(result.isErr(), 'a creation that was not acknowledged is no success');
      const stands = (await service.fieldsOf(phone)) !== null;
      if (stands) assert.equal(result.error.effect, 'unknown');
    });
  }

  test('a signal ends a call at any time', async (subject) => {
    await subject.service.fail({ kind: 'hang', moment: 'before_effect' }, 'reads');
    const controller = new AbortController();
    const call = subject.gateway.find(phone, { signal: controller.signal });
    controller.abort();
    assert.equal((await ended(() => mustFail(call))).kind, 'aborted');
    const aborted = { signal: AbortSignal.abort() };
    assert.equal((await mustFail(subject.gateway.create({ phone, fields: {} }, aborted))).effect, 'none');
  });

  test('a rejected key is not worth another try', async (subject: GatewaySubject) => {
    await subject.service.fail({ kind: 'key_rejected' }, 'reads');
    const error = await mustFail(subject.gateway.find(phone));
    assert.deepEqual([error.kind, error.retryable], ['unauthorized', false]);
  });
}

/** Whatever happens, a call ends near its deadline. */
async function ended<T>(call: () => PromiseLike<T>): Promise<T> {
  const startedAt = performance.now();
  const answer = await call();
  assert.ok(performance.now() - startedAt < patienceMs, 'the call went on long after its deadline');
  return answer;
}

/** "No effect" is said only where there was none, and every field that is not missing is there. */
function assertHonest(
  result: Result<unknown, GatewayError>,
  held: Readonly<Record<string, string>> | null,
): void {
  if (result.isOk()) return;
  const { kind, effect, missingFields = [] } = result.error;
  const written: readonly (readonly [string, boolean])[] = [
    ['visa_country', held?.visa_country === 'peru'],
    ['visa_quantity', held?.visa_quantity === '3'],
    ['branch', (held?.branch ?? '') === ''],
  ];
  if (kind === 'partial_write') {
    for (const [name, isThere] of written) {
      if (!missingFields.includes(name)) assert.ok(isThere, `${name} was reported as written`);
    }
    return;
  }
  if (effect === 'none') for (const [name, isThere] of written) assert.ok(!isThere, `${name} was written`);
}
