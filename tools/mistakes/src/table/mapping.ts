import type { Mistake } from '../mistake.ts';
import { each, elsewhere, hears, sync } from './words.ts';

const library = import.meta.resolve('@visanet/cbb-sync');

/** A module of the host's whose mapping is the plan's but for one part. */
const mappingWith = (part: string) => `
  import { viziMappingDefinition as plan } from '${library}';
  const boom = () => { throw new RangeError('Ann Example'); };
  const field = (urgency) => ({ fields: { ...plan.fields, urgency } });
  export default { mapping: { ...plan, ...${part} } };`;

function wrong(name: string, part: string, ...says: readonly RegExp[]): Mistake {
  const told = [/mapping_failed/, /repair that part of the mapping/, ...says];
  return {
    name,
    module: mappingWith(part),
    commands: [
      ...each([sync, 'sweep'], 1, ...told),
      ...each(['failures'], 0, ...told),
      ...each(['retry-failed'], 0, /1 failed order left out, which only an edit mends/),
    ],
    host: hears('job-finished', ...told),
  };
}

/** A file that `--config` cannot use. */
function unusable(name: string, file: string, source: string | null, ...says: readonly RegExp[]): Mistake {
  const commands = ['doctor', sync, 'sweep', 'worker', 'migrate'];
  return {
    name,
    make: (world) => (source === null ? undefined : world.file(file, source)),
    commands: each(
      commands.map((line) => `${line} --config={folder}/${file}`),
      2,
      /--config/,
      ...says,
    ),
    host: elsewhere('a host imports its own modules: Node tells what is wrong with them'),
  };
}

/** What a host's own functions and modules get wrong. */
export const mappingMistakes: readonly Mistake[] = [
  wrong(
    'a value that throws',
    "field({ from: 'urgency', type: 'text', value: boom })",
    /urgency/,
    /RangeError/,
  ),
  wrong('a predicate that throws', "{ eligible: { from: ['branch'], decide: boom } }", /RangeError/),
  wrong(
    'a schema that throws',
    "{ schema: { '~standard': { version: 1, vendor: 'host', validate: boom } } }",
    /RangeError/,
  ),
  wrong(
    'a value that reads a column which it does not name',
    "field({ from: 'urgency', type: 'text', value: (order) => order.branch })",
    /urgency/,
    /branch|ColumnNotDeclared|Error/,
  ),
  unusable('a module that is not there', 'no-such.mjs', null, /there is no such file/),
  unusable(
    'a module with a syntax error',
    'broken.mjs',
    'export default {\n  store: }',
    /broken\.mjs .*in line 2/,
  ),
  unusable('a module that exports nothing', 'empty.mjs', 'export const mapping = 1;', /no default export/),
  unusable('a module of another shape', 'other.mjs', 'export default { mappings: {} };', /mappings/),
];
