import type { ResultAsync } from 'neverthrow';
import type { CbbError } from '../errors/cbb-error.ts';
import type { CallOptions } from '../resilience/call-options.ts';
import type { V11Api } from './api.ts';
import { type FieldDefinition, type FieldType, fieldTypeCode } from './field-type.ts';
import { fieldDefinitionOf } from './read-answers.ts';

/** The account's custom fields with readable types: what a check of the mapping needs. */
export interface CustomFields {
  /** As the service has them now; a name can stand twice. */
  list(options?: CallOptions): ResultAsync<readonly FieldDefinition[], CbbError>;
  /** Never repeated: list again before creating again. */
  create(
    field: { readonly name: string; readonly type: FieldType },
    options?: CallOptions,
  ): ResultAsync<{ readonly id: string }, CbbError>;
}

export function createCustomFields(
  api: Pick<V11Api, 'listCustomFields' | 'createCustomField'>,
): CustomFields {
  return {
    list: (options) => api.listCustomFields(options).map((fields) => fields.map(fieldDefinitionOf)),
    create: ({ name, type }, options) =>
      api.createCustomField({ name, type: fieldTypeCode(type) }, options).map(({ id }) => ({ id })),
  };
}
