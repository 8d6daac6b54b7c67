import { readFile } from 'node:fs/promises';
import openapiTypescript, { astToString, COMMENT_HEADER } from 'openapi-typescript';
import { expect, it } from 'vitest';

it('the committed types are those of the OpenAPI document', async () => {
  const document = new URL('../../../openapi/cbb-plan.yaml', import.meta.url);
  const committed = await readFile(new URL('generated/cbb-plan.ts', import.meta.url), 'utf8');
  expect(`${COMMENT_HEADER}${astToString(await openapiTypescript(document))}`).toBe(committed);
});
