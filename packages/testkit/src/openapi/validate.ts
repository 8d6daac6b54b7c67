import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { JsonSchema, OpenApiModel } from './model.ts';

/** Problems of a value, without the value itself; an empty list: it fits. */
export type Validate = (schema: JsonSchema, value: unknown) => readonly string[];

/** Validates by JSON Schema 2020-12. `coerceTypes` is for texts that stand for numbers: parameters and forms. */
export function createValidate(model: OpenApiModel, options: { readonly coerceTypes: boolean }): Validate {
  const ajv = new Ajv2020({ strict: false, allErrors: true, coerceTypes: options.coerceTypes });
  addFormats.default(ajv);
  ajv.addSchema({ $id: model.id, $defs: model.schemas });
  const compiled = new Map<JsonSchema, ReturnType<typeof ajv.compile>>();
  return (schema, value) => {
    let validate = compiled.get(schema);
    if (validate === undefined) {
      validate = ajv.compile(schema);
      compiled.set(schema, validate);
    }
    return validate(value) ? [] : (validate.errors ?? []).map(describe);
  };
}

function describe(error: ErrorObject): string {
  const detail =
    error.keyword === 'additionalProperties' ? `: ${String(error.params.additionalProperty)}` : '';
  return `${error.instancePath === '' ? 'body' : error.instancePath} ${error.message ?? error.keyword}${detail}`;
}
