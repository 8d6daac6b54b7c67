import { readFileSync } from 'node:fs';

interface Expected {
  readonly orders: Readonly<Record<string, { readonly status: string; readonly phone: string | null }>>;
  readonly contacts: Readonly<Record<string, Readonly<Record<string, string | number | boolean | null>>>>;
}

function read(name: string) {
  return JSON.parse(
    readFileSync(new URL(`../../../quickstart/src/samples/${name}`, import.meta.url), 'utf8'),
  );
}

const samples: readonly { readonly key: string; readonly payload: unknown }[] = read('vizi-samples.json');

/** The twelve sample payloads, as bodies, in the order of their file. */
export const sampleBodies: readonly string[] = samples.map(({ payload }) => JSON.stringify(payload));

/** How they end on contract v1.1, written by hand. */
export const expected: Expected = read('expected.json')['v1.1'];

/** One of the samples by its key. */
export function sampleBody(key: string): string {
  const sample = samples.find((candidate) => candidate.key === key);
  if (sample === undefined) throw new Error(`There is no sample ${key}.`);
  return JSON.stringify(sample.payload);
}
