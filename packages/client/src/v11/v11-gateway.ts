import { err, errAsync, ok, type Result } from 'neverthrow';
import type { BeginCall } from '../call/begin-call.ts';
import type { CbbCall } from '../call/cbb-call.ts';
import { checkChanges, checkNames, checkNewContact, checkPhone } from '../contacts/check-input.ts';
import type { ContactGateway } from '../contacts/contact-gateway.ts';
import { createRefusals } from '../contacts/refusals.ts';
import type { CbbError } from '../errors/cbb-error.ts';
import { createError } from '../errors/create-error.ts';
import type { Failure } from '../errors/failure.ts';
import type { CallOptions } from '../resilience/call-options.ts';
import { type NextOptions, startSeries } from '../resilience/call-series.ts';
import type { Clock } from '../resilience/clock.ts';
import type { Operation } from '../resilience/operation.ts';
import type { V11Api } from './api.ts';
import { createAndVerify } from './create-contact.ts';
import { encodeFields } from './encode-fields.ts';
import { eraseContact } from './erase-contact.ts';
import type { FieldRegistry } from './field-registry.ts';
import { lookUp } from './look-up.ts';
import { operations } from './operations.ts';
import { createOptionProofs } from './option-proofs.ts';
import { updateContact } from './update-contact.ts';
import type { UpdateStrategy } from './update-steps.ts';
import { toContact, whatsAppOf } from './wire-contact.ts';

export interface V11GatewayParts {
  readonly api: V11Api;
  readonly begin: BeginCall;
  readonly registry: FieldRegistry;
  readonly strategy: UpdateStrategy;
  readonly clock: Clock;
  readonly defaultDeadlineMs: number;
}

export function createV11Gateway(parts: V11GatewayParts): ContactGateway {
  const { api, registry, strategy, clock } = parts;
  const refusals = createRefusals();
  const update = { api, strategy, refusals, proofs: createOptionProofs() };

  /** Refuses unusable input before anything is sent, and gives the requests of one call one deadline. */
  const start = <I, T>(
    name: keyof ContactGateway,
    operation: Operation,
    input: Result<I, Failure>,
    options: CallOptions | undefined,
    run: (input: I, next: NextOptions) => Promise<Result<T, CbbError>>,
  ): CbbCall<T> =>
    parts.begin(`contacts.${name}`, options, (scoped) =>
      input.isOk()
        ? run(input.value, startSeries(clock, scoped, parts.defaultDeadlineMs))
        : errAsync(createError(input.error, operation, 'none')),
    );

  return {
    capabilities: {
      // An upsert finds out by itself whether the contact stood before; the others write into it unseen.
      conflictOnCreate: strategy === 'upsert',
      checksWhatsApp: false,
      updatesInOneRequest: strategy !== 'fields',
    },

    find: (phone, options) =>
      start('find', operations.getContact, checkPhone(phone), options, async (_, next) =>
        (await lookUp(api, phone, next())).map((contact) =>
          contact === null ? null : toContact(contact, phone, registry.lastKnown()),
        ),
      ),

    create: (given, options) =>
      start('create', operations.createContact, checkNewContact(given), options, async (contact, next) => {
        const known = await registry.resolve(Object.keys(contact.fields), next);
        if (known.isErr()) return err(known.error);
        const encoded = encodeFields(contact.fields, known.value);
        if (encoded.isErr()) return err(createError(encoded.error, operations.createContact));
        const detectsExisting = strategy === 'upsert';
        return createAndVerify(
          api,
          { contact, encoded: encoded.value, known: known.value, detectsExisting, refusals },
          next,
        );
      }),

    update: (phone, given, options) => {
      const input = checkPhone(phone).andThen(() => checkChanges(given));
      return start('update', operations.setContactCustomField, input, options, async (changes, next) => {
        const known = await registry.resolve([...Object.keys(changes.set), ...changes.clear], next);
        if (known.isErr()) return err(known.error);
        const written = await updateContact(update, phone, changes, known.value, next);
        // A refusal can mean that a field was deleted or replaced since the registry was read.
        if (written.isErr() && refusesFields(written.error)) registry.forget();
        return written;
      });
    },

    checkWhatsApp: (phone, options) =>
      start('checkWhatsApp', operations.getContact, checkPhone(phone), options, async (_, next) => {
        const found = await lookUp(api, phone, next());
        if (found.isErr()) return err(found.error);
        if (found.value !== null) return ok(whatsAppOf(found.value));
        return err(createError({ kind: 'not_found' }, operations.getContact));
      }),

    erase: (phone, fields, options) =>
      start(
        'erase',
        operations.clearContactCustomField,
        checkPhone(phone).andThen(() => checkNames(fields)),
        options,
        (names, next) => eraseContact(api, phone, names, next),
      ),
  };
}

/** A write that a rate limit or a failure stopped says nothing of its fields. */
function refusesFields(error: CbbError): boolean {
  const kind = error.kind === 'partial_write' ? error.stoppedBy : error.kind;
  return kind === 'invalid_request' || kind === 'not_found';
}
