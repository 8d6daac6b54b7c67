// Turns the OpenAPI documents into modules, so that nothing reads files at run time.
// With --check nothing is written; a stale module ends with exit code 1.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { readOpenApi } from './read-openapi.ts';

const CONTRACTS = [
  { document: 'cbb-plan.yaml', module: 'plan.ts', constant: 'planModel', id: 'cbb:plan' },
  { document: 'cbb-v1.1.yaml', module: 'v11.ts', constant: 'v11Model', id: 'cbb:v1.1' },
];

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** Names of the generated modules that are not what the documents say. */
export function staleModules(write: boolean): string[] {
  return CONTRACTS.filter(({ document, module, constant, id }) => {
    const model = readOpenApi(parse(readFileSync(pathOf(`../../../openapi/${document}`), 'utf8')), id);
    const text = [
      `// Generated from openapi/${document} by scripts/generate-contracts.ts. Do not edit.`,
      "import type { OpenApiModel } from '../openapi/model.ts';",
      '',
      `export const ${constant}: OpenApiModel = ${JSON.stringify(model, null, 1)};`,
      '',
    ].join('\n');
    const path = pathOf(`../src/generated/${module}`);
    const stale = !existsSync(path) || readFileSync(path, 'utf8') !== text;
    if (stale && write) writeFileSync(path, text);
    return stale;
  }).map(({ module }) => module);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const check = process.argv.includes('--check');
  const stale = staleModules(!check);
  if (check && stale.length > 0) {
    console.error(`stale: ${stale.join(', ')}. Run: pnpm --filter @visanet/cbb-testkit generate`);
    process.exitCode = 1;
  }
}
