/** A JSON Schema of the 2020-12 dialect; references point to the `$defs` of the whole document. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/** Media type → schema; `null` where the document leaves the body open. */
export type MediaTypes = Readonly<Record<string, JsonSchema | null>>;

export interface ParameterModel {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: JsonSchema;
}

export interface OperationModel {
  readonly operationId: string;
  /** Upper case. */
  readonly method: string;
  /** E.g. `/contacts/{id}`. */
  readonly pathTemplate: string;
  readonly parameters: readonly ParameterModel[];
  readonly requestBody: { readonly required: boolean; readonly content: MediaTypes } | null;
  /** Status (`200`, `4XX`, `default`) → bodies; an empty record: no body is described. */
  readonly answers: Readonly<Record<string, MediaTypes>>;
}

/** What the checks need of one OpenAPI document; written by `scripts/generate-contracts.ts`. */
export interface OpenApiModel {
  /** Identifies the document among schemas, e.g. `cbb:plan`. */
  readonly id: string;
  readonly operations: readonly OperationModel[];
  readonly schemas: Readonly<Record<string, JsonSchema>>;
}
