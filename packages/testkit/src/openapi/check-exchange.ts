import { findMediaType, mediaTypeOf, readBody } from './media-type.ts';
import type { JsonSchema, OpenApiModel, OperationModel, ParameterModel } from './model.ts';
import { createValidate, type Validate } from './validate.ts';

export interface RequestParts {
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: string;
}

export interface AnswerParts {
  readonly status: number;
  readonly contentType: string | null;
  readonly body: string;
  /** The label is a known lie of the service: JSON under another name is read as JSON. */
  readonly mislabelled: boolean;
}

/** Checks single exchanges against one OpenAPI document. Problems name places and rules, never values. */
export interface ExchangeCheck {
  request(operation: OperationModel, parts: RequestParts): readonly string[];
  answer(operation: OperationModel, parts: AnswerParts): readonly string[];
}

const checks = new WeakMap<OpenApiModel, ExchangeCheck>();

/** The check of a document; compiled schemas are shared by all simulators of a process. */
export function exchangeCheckOf(model: OpenApiModel): ExchangeCheck {
  const check = checks.get(model) ?? createExchangeCheck(model);
  checks.set(model, check);
  return check;
}

function createExchangeCheck(model: OpenApiModel): ExchangeCheck {
  const validate = createValidate(model, { coerceTypes: false });
  const validateTexts = createValidate(model, { coerceTypes: true });
  return {
    request: (operation, parts) => [
      ...parameterProblems(operation, parts, validateTexts),
      ...requestBodyProblems(operation, parts, validate, validateTexts),
    ],
    answer: (operation, parts) => answerProblems(operation, parts, validate),
  };
}

function parameterProblems(operation: OperationModel, parts: RequestParts, validate: Validate): string[] {
  const problems: string[] = [];
  const known = operation.parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
  for (const name of new Set(parts.query.keys())) {
    if (!known.includes(name)) problems.push(`query parameter ${name} is not described`);
    else if (parts.query.getAll(name).length > 1) problems.push(`query parameter ${name} is given twice`);
  }
  for (const parameter of operation.parameters) {
    const { name, in: place, required } = parameter;
    const value =
      place === 'path'
        ? parts.pathParameters[name]
        : place === 'query'
          ? parts.query.get(name)
          : parts.headers.get(name);
    if (value === null || value === undefined) {
      if (required) problems.push(`${place} parameter ${name} is missing`);
      continue;
    }
    problems.push(
      ...validate(wrapped(parameter), { [name]: value }).map((problem) => `${place} parameter ${problem}`),
    );
  }
  return problems;
}

const wrappers = new WeakMap<ParameterModel, JsonSchema>();

/** A parameter as the property of an object, because a coerced value replaces a property of its parent. */
function wrapped(parameter: ParameterModel): JsonSchema {
  const { name, schema } = parameter;
  const wrapper = wrappers.get(parameter) ?? { type: 'object', properties: { [name]: schema } };
  wrappers.set(parameter, wrapper);
  return wrapper;
}

function requestBodyProblems(
  operation: OperationModel,
  parts: RequestParts,
  validate: Validate,
  validateTexts: Validate,
): string[] {
  const { requestBody } = operation;
  if (requestBody === null) return parts.body === '' ? [] : ['a body is sent where none is described'];
  if (parts.body === '') return requestBody.required ? ['the body is missing'] : [];
  const mediaType = mediaTypeOf(parts.headers.get('content-type'));
  const media = findMediaType(requestBody.content, mediaType);
  if (media === undefined) return [`content type ${mediaType ?? '(none)'} is not described`];
  const read = readBody(mediaType, parts.body);
  if (!read.ok) return [read.problem];
  if (media === null) return [];
  return [
    ...(mediaType === 'application/x-www-form-urlencoded' ? validateTexts : validate)(media, read.value),
  ];
}

function answerProblems(operation: OperationModel, parts: AnswerParts, validate: Validate): string[] {
  const { answers } = operation;
  const content =
    answers[String(parts.status)] ?? answers[`${Math.floor(parts.status / 100)}XX`] ?? answers.default;
  if (content === undefined) return [`status ${parts.status} is not described`];
  const described = Object.keys(content).length > 0;
  if (parts.body === '') return described && parts.status < 400 ? [`status ${parts.status} has no body`] : [];
  if (!described) return parts.status < 400 ? [`status ${parts.status} has a body`] : [];
  const mediaType = parts.mislabelled ? 'application/json' : mediaTypeOf(parts.contentType);
  const media = findMediaType(content, mediaType);
  // The contracts say that an error's body may be anything at all.
  if (media === undefined)
    return parts.status >= 400
      ? []
      : [`status ${parts.status}: content type ${mediaType ?? '(none)'} is not described`];
  const read = readBody(mediaType, parts.body);
  if (!read.ok) return [`status ${parts.status}: ${read.problem}`];
  return media === null
    ? []
    : validate(media, read.value).map((problem) => `status ${parts.status}: ${problem}`);
}
