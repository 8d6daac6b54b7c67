import { posix } from 'node:path';
import { importsOf } from './repository/imports.ts';

const scope = '@visanet/cbb-';

/** Which of our packages the published code of each may import. Tests follow the development dependencies. */
export const layers: Readonly<Record<string, readonly string[]>> = {
  client: [],
  sync: [],
  queue: ['sync'],
  postgres: ['sync'],
  bullmq: ['sync', 'queue'],
  'pg-boss': ['sync', 'queue'],
  function: ['sync', 'queue'],
  'rate-limit': [],
  host: ['client', 'sync', 'queue', 'postgres', 'bullmq', 'pg-boss', 'function', 'rate-limit'],
  testkit: ['sync', 'queue'],
  cli: [
    'client',
    'sync',
    'queue',
    'postgres',
    'bullmq',
    'pg-boss',
    'function',
    'rate-limit',
    'host',
    'testkit',
  ],
};

/** Packages that run anywhere: they import no module of Node. */
const pure = new Set(['client', 'sync', 'queue']);

/** Breaches of the layer rule in one published source file, `path` being `packages/<name>/src/…`. */
export function breachesOf(path: string, source: string): string[] {
  const name = path.split('/')[1] ?? '';
  const allowed = layers[name] ?? [];
  const { builtins, packages, relative } = importsOf(source);
  const ours = packages.filter((imported) => imported.startsWith('@visanet/'));
  return [
    ...ours
      .filter((imported) => !allowed.includes(imported.replace(scope, '')))
      .map((imported) => `${path} imports ${imported}`),
    ...(pure.has(name) ? builtins.map((builtin) => `${path} imports ${builtin}`) : []),
    ...relative
      .filter((target) => !posix.join(posix.dirname(path), target).startsWith(`packages/${name}/`))
      .map((target) => `${path} reaches out of its package: ${target}`),
  ];
}

/** The first cycle of a graph, as the list of names along it; undefined when there is none. */
export function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const finished = new Set<string>();
  const visit = (name: string, trail: readonly string[]): string[] | undefined => {
    if (trail.includes(name)) return [...trail.slice(trail.indexOf(name)), name];
    if (finished.has(name)) return undefined;
    for (const next of graph.get(name) ?? []) {
      const cycle = visit(next, [...trail, name]);
      if (cycle !== undefined) return cycle;
    }
    finished.add(name);
    return undefined;
  };
  for (const name of graph.keys()) {
    const cycle = visit(name, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
