import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const marks = new Set(['P', 'D', 'C', 'S', '?']);
const methods = new Set(['get', 'post', 'put', 'patch', 'delete']);

describe.each(['plan', 'v1.1'])('the document of contract %s', (contract) => {
  const read = async () =>
    parse(await readFile(`${import.meta.dirname}/../../../../openapi/cbb-${contract}.yaml`, 'utf8'));

  it('names the source of every operation, by known marks', async () => {
    const { paths } = await read();
    const operations = Object.values(Object(paths)).flatMap((item) =>
      Object.entries(Object(item)).filter(([method]) => methods.has(method)),
    );
    expect(operations.length).toBeGreaterThan(3);
    for (const [, operation] of operations) {
      const { operationId, 'x-evidence': evidence } = Object(operation);
      expect(Array.isArray(evidence) && evidence.length > 0, operationId).toBe(true);
    }
  });

  it('uses the five marks, and explains them', async () => {
    const document = await read();
    for (const mark of marks) expect(document.info.description).toContain(`| \`${mark}\` |`);
    const used = JSON.stringify(document).matchAll(/"x-evidence":(\[[^\]]*\])/g);
    for (const [, list = ''] of used) for (const mark of JSON.parse(list)) expect(marks).toContain(mark);
  });
});
