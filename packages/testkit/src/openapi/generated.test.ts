import { expect, it } from 'vitest';
import { staleModules } from '../../scripts/generate-contracts.ts';
import { readOpenApi } from '../../scripts/read-openapi.ts';

it('is what the documents say', () => {
  expect(staleModules(false), 'run: pnpm --filter @visanet/cbb-testkit generate').toEqual([]);
});

const document = {
  paths: {
    '/things/{id}': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      get: { operationId: 'getThing', responses: { '200': { $ref: '#/components/responses/Thing' } } },
    },
  },
  components: {
    parameters: { Id: { name: 'id', in: 'path', required: true, schema: { type: 'string', example: '1' } } },
    responses: {
      Thing: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } },
    },
    schemas: {
      Thing: {
        description: 'goes',
        type: 'object',
        properties: {
          description: { type: 'string', 'x-evidence': ['C'] },
          kind: { const: { description: 'stays' } },
        },
        anyOf: [{ required: ['description'] }, { not: { title: 'goes', type: 'null' } }],
      },
    },
  },
};

it('resolves references and leaves out annotations, but no property or datum of their name', () => {
  expect(readOpenApi(document, 'cbb:x')).toEqual({
    id: 'cbb:x',
    operations: [
      {
        operationId: 'getThing',
        method: 'GET',
        pathTemplate: '/things/{id}',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        requestBody: null,
        answers: { '200': { 'application/json': { $ref: 'cbb:x#/$defs/Thing' } } },
      },
    ],
    schemas: {
      Thing: {
        type: 'object',
        properties: { description: { type: 'string' }, kind: { const: { description: 'stays' } } },
        anyOf: [{ required: ['description'] }, { not: { type: 'null' } }],
      },
    },
  });
});

it.each([
  ['an operation without an id', { paths: { '/a': { get: { responses: {} } } } }],
  [
    'a cookie parameter',
    {
      paths: {
        '/a': { get: { operationId: 'a', parameters: [{ name: 'a', in: 'cookie' }], responses: {} } },
      },
    },
  ],
  [
    'a reference to nothing',
    {
      paths: { '/a': { get: { operationId: 'a', requestBody: { $ref: '#/components/x' }, responses: {} } } },
    },
  ],
])('refuses %s', (_title, broken) => {
  expect(() => readOpenApi(broken, 'cbb:x')).toThrow(Error);
});
