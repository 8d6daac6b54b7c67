import { errAsync } from 'neverthrow';
import type { BeginCall } from '../call/begin-call.ts';
import type { CbbCall } from '../call/cbb-call.ts';
import { createError } from '../errors/create-error.ts';
import type { CallOptions } from '../resilience/call-options.ts';
import type { V11Api } from './api.ts';
import { type FieldDefinition, type FieldType, fieldTypeCode } from './field-type.ts';
import { operations } from './operations.ts';
import { fieldDefinitionOf } from './read-answers.ts';

/** The account's custom fields with readable types: what a check of the mapping needs. */
export interface CustomFields {
  /** As the service has them now; a name can stand twice. */
  list(options?: CallOptions): CbbCall<readonly FieldDefinition[]>;
  /** Never repeated: list again before creating again. */
  create(
    field: { readonly name: string; readonly type: FieldType },
    options?: CallOptions,
  ): CbbCall<{ readonly id: string }>;
}

const unusableField = () =>
  createError(
    { kind: 'invalid_request', reason: 'a custom field needs a name and a known type' },
    operations.createCustomField,
    'none',
  );

export function createCustomFields(
  api: Pick<V11Api, 'listCustomFields' | 'createCustomField'>,
  begin: BeginCall,
): CustomFields {
  return {
    list: (options) =>
      begin('customFields.list', options, (scoped) =>
        api.listCustomFields(scoped).map((fields) => fields.map(fieldDefinitionOf)),
      ),
    create: (field, options) =>
      begin('customFields.create', options, (scoped) => {
        const { name, type } = field ?? {};
        if (typeof name !== 'string' || name === '' || fieldTypeCode(type) < 0)
          return errAsync(unusableField());
        return api.createCustomField({ name, type: fieldTypeCode(type) }, scoped).map(({ id }) => ({ id }));
      }),
  };
}
