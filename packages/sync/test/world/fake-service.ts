import { err, errAsync, okAsync, ResultAsync } from 'neverthrow';
import type {
  ContactGateway,
  FieldValue,
  GatewayCapabilities,
  GatewayContact,
  GatewayError,
  GatewayErrorKind,
  WhatsAppAnswer,
} from '../../src/ports/contact-gateway.ts';

export interface FakeContact {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly fields: Map<string, FieldValue>;
}

export type FakeOperation = 'find' | 'create' | 'update' | 'checkWhatsApp' | 'erase';

export interface FakeFault {
  readonly error: GatewayError;
  /**
   * `after`: the write took effect although the answer is an error. `half`: one field of an update did, and the error
   * names the others. With `hangs` there is no answer at all, until the call is aborted.
   */
  readonly when: 'before' | 'after' | 'half';
  readonly hangs?: boolean;
}

export function gatewayError(kind: GatewayErrorKind, facts: Partial<GatewayError> = {}): GatewayError {
  const retryable = !['unauthorized', 'not_found', 'invalid_request'].includes(kind);
  const effect = ['network', 'timeout', 'unavailable', 'unexpected_body'].includes(kind) ? 'unknown' : 'none';
  return { kind, message: kind, retryable, effect, ...facts };
}

/** The contact service as the engine sees it, behind the port, with the plan contract's capabilities. */
export class FakeService implements ContactGateway {
  readonly contacts = new Map<string, FakeContact>();
  readonly calls: {
    readonly operation: FakeOperation;
    readonly phone: string;
    readonly signal?: AbortSignal;
  }[] = [];
  readonly creates = new Map<string, number>();
  readonly withoutWhatsApp = new Set<string>();
  capabilities: GatewayCapabilities = {
    conflictOnCreate: true,
    checksWhatsApp: true,
    updatesInOneRequest: true,
  };
  /** Whether answers to writes tell of WhatsApp. */
  answersWhatsApp = true;
  /** Asked before each call; a fault answers in its stead. */
  fault: (operation: FakeOperation, phone: string) => FakeFault | undefined = () => undefined;

  #whatsApp(phone: string): WhatsAppAnswer {
    return this.withoutWhatsApp.has(phone) ? 'no' : 'yes';
  }

  #heard(phone: string): { whatsApp: WhatsAppAnswer } {
    return { whatsApp: this.answersWhatsApp ? this.#whatsApp(phone) : 'unknown' };
  }

  #call<T>(
    operation: FakeOperation,
    phone: string,
    signal: AbortSignal | undefined,
    act: () => T | GatewayError,
    half?: () => GatewayError | undefined,
  ) {
    this.calls.push({ operation, phone, ...(signal === undefined ? {} : { signal }) });
    const fault = this.fault(operation, phone);
    const failed = (error: GatewayError) =>
      fault?.hangs ? untilAborted<T>(signal) : errAsync<T, GatewayError>(error);
    if (fault?.when === 'before') return failed(fault.error);
    const result = fault?.when === 'half' ? (half?.() ?? act()) : act();
    if (fault !== undefined) return failed(isError(result) ? result : fault.error);
    return isError(result) ? errAsync<T, GatewayError>(result) : okAsync<T, GatewayError>(result);
  }

  find: ContactGateway['find'] = (phone, options) =>
    this.#call('find', phone, options?.signal, (): GatewayContact | null => {
      const contact = this.contacts.get(phone);
      if (contact === undefined) return null;
      return { ...contact, fields: Object.fromEntries(contact.fields), ...this.#heard(phone) };
    });

  create: ContactGateway['create'] = (contact, options) =>
    this.#call('create', contact.phone, options?.signal, () => {
      const { phone, name = null, email = null, fields } = contact;
      if (this.contacts.has(phone)) return gatewayError('conflict', { effect: 'none' });
      this.contacts.set(phone, { id: phone, name, email, fields: new Map(Object.entries(fields)) });
      this.creates.set(phone, (this.creates.get(phone) ?? 0) + 1);
      return this.#heard(phone);
    });

  update: ContactGateway['update'] = (phone, { set, clear }, options) =>
    this.#call(
      'update',
      phone,
      options?.signal,
      () => {
        const contact = this.contacts.get(phone);
        if (contact === undefined) return gatewayError('not_found');
        for (const [name, value] of Object.entries(set)) contact.fields.set(name, value);
        for (const name of clear) contact.fields.delete(name);
        return this.#heard(phone);
      },
      () => {
        const [first, ...rest] = Object.entries(set).reverse();
        const contact = this.contacts.get(phone);
        if (contact === undefined || first === undefined) return undefined;
        contact.fields.set(...first);
        const missingFields = [...rest.map(([name]) => name), ...clear];
        return gatewayError('partial_write', { missingFields });
      },
    );

  checkWhatsApp: ContactGateway['checkWhatsApp'] = (phone, options) =>
    this.#call('checkWhatsApp', phone, options?.signal, () =>
      this.contacts.has(phone) ? this.#whatsApp(phone) : gatewayError('not_found'),
    );

  erase: ContactGateway['erase'] = (phone, _fields, options) =>
    this.#call('erase', phone, options?.signal, () =>
      this.contacts.delete(phone)
        ? { kind: 'deleted' as const, remaining: [] }
        : { kind: 'absent' as const, remaining: [] },
    );

  count(operation: FakeOperation): number {
    return this.calls.filter((call) => call.operation === operation).length;
  }
}

function untilAborted<T>(signal: AbortSignal | undefined): ResultAsync<T, GatewayError> {
  return new ResultAsync(
    new Promise((resolve) => {
      const answer = () => resolve(err(gatewayError('aborted', { effect: 'unknown' })));
      signal?.addEventListener('abort', answer, { once: true });
    }),
  );
}

function isError(value: unknown): value is GatewayError {
  return typeof value === 'object' && value !== null && 'retryable' in value;
}
