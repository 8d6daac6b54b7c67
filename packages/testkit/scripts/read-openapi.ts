import type {
  JsonSchema,
  MediaTypes,
  OpenApiModel,
  OperationModel,
  ParameterModel,
} from '../src/openapi/model.ts';

type Node = { readonly [key: string]: unknown };

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
/** Keywords whose values are schemas by name, so that a property called `description` survives. */
const SCHEMA_MAPS = new Set(['properties', 'patternProperties', '$defs', 'dependentSchemas']);
const ANNOTATIONS = new Set([
  'description',
  'title',
  'summary',
  'example',
  'examples',
  'default',
  'discriminator',
  'externalDocs',
  'deprecated',
  'xml',
]);
/** Keywords that hold data, which may look like a schema. */
const DATA = new Set(['const', 'enum', 'required']);

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function nodeAt(value: unknown, where: string): Node {
  if (!isNode(value)) throw new Error(`${where} is not an object`);
  return value;
}

/** Reduces a parsed OpenAPI 3.1 document to what requests and answers are checked by. */
export function readOpenApi(document: unknown, id: string): OpenApiModel {
  const root = nodeAt(document, 'document');

  function resolve(value: unknown, where: string): Node {
    const node = nodeAt(value, where);
    if (typeof node.$ref !== 'string') return node;
    let target: unknown = root;
    for (const key of node.$ref.replace(/^#\//, '').split('/')) target = nodeAt(target, node.$ref)[key];
    return resolve(target, node.$ref);
  }

  function schemaOf(value: unknown): JsonSchema {
    if (typeof value === 'boolean') return value;
    const schema: Record<string, unknown> = {};
    for (const [keyword, content] of Object.entries(nodeAt(value, 'schema'))) {
      if (ANNOTATIONS.has(keyword) || keyword.startsWith('x-')) continue;
      if (keyword === '$ref') schema.$ref = String(content).replace('#/components/schemas/', `${id}#/$defs/`);
      else if (SCHEMA_MAPS.has(keyword)) schema[keyword] = mapValues(nodeAt(content, keyword), schemaOf);
      else if (DATA.has(keyword)) schema[keyword] = content;
      else if (Array.isArray(content))
        schema[keyword] = content.map((item) => (isNode(item) ? schemaOf(item) : item));
      else schema[keyword] = isNode(content) ? schemaOf(content) : content;
    }
    return schema;
  }

  function mediaTypesOf(value: unknown): MediaTypes {
    const content = value === undefined ? {} : nodeAt(value, 'content');
    return mapValues(content, (media) => {
      const { schema } = nodeAt(media, 'media type');
      return schema === undefined ? null : schemaOf(schema);
    });
  }

  function parameterOf(value: unknown): ParameterModel {
    const { name, in: place, required, schema } = resolve(value, 'parameter');
    if (typeof name !== 'string' || (place !== 'path' && place !== 'query' && place !== 'header')) {
      throw new Error('a parameter has no name, or stands in a place that is not checked');
    }
    return { name, in: place, required: required === true, schema: schemaOf(schema ?? true) };
  }

  function operationOf(
    method: string,
    pathTemplate: string,
    shared: unknown,
    value: unknown,
  ): OperationModel {
    const operation = nodeAt(value, pathTemplate);
    if (typeof operation.operationId !== 'string')
      throw new Error(`${method} ${pathTemplate} has no operationId`);
    const body = operation.requestBody === undefined ? null : resolve(operation.requestBody, 'requestBody');
    return {
      operationId: operation.operationId,
      method: method.toUpperCase(),
      pathTemplate,
      parameters: [shared, operation.parameters].flatMap((list) =>
        Array.isArray(list) ? list.map(parameterOf) : [],
      ),
      requestBody: body && { required: body.required === true, content: mediaTypesOf(body.content) },
      answers: mapValues(nodeAt(operation.responses, 'responses'), (answer) =>
        mediaTypesOf(resolve(answer, 'response').content),
      ),
    };
  }

  const operations = Object.entries(nodeAt(root.paths, 'paths')).flatMap(([pathTemplate, item]) =>
    Object.entries(nodeAt(item, pathTemplate))
      .filter(([method]) => METHODS.includes(method))
      .map(([method, operation]) =>
        operationOf(method, pathTemplate, nodeAt(item, pathTemplate).parameters, operation),
      ),
  );
  const { schemas } = nodeAt(root.components, 'components');
  return { id, operations, schemas: mapValues(nodeAt(schemas, 'schemas'), schemaOf) };
}

function mapValues<T>(record: Node, change: (value: unknown) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
