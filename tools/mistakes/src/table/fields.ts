import type { Mistake } from '../mistake.ts';
import type { World } from '../world.ts';
import { each, hears, sync, worker } from './words.ts';

type Fields = ReturnType<World['simulator']['dump']>['customFields'];

/** Another list of custom fields in the account. */
function withFields({ simulator }: World, change: (fields: Fields) => Fields): void {
  const state = simulator.dump();
  simulator.load({ ...state, customFields: change(state.customFields) });
}

const gone = ['visa_country', 'intent'];

/** Custom fields of an account of v1.1. */
export const fieldMistakes: readonly Mistake[] = [
  {
    name: 'mapped fields that the account lacks',
    contract: 'v1.1',
    make: (world) => withFields(world, (fields) => fields.filter(({ name }) => !gone.includes(name))),
    commands: [
      ...each(['doctor'], 1, /missing: visa_country \(text\), intent \(text\)/, /cbb doctor --create-fields/),
      ...each(
        [sync, 'sweep', worker],
        1,
        /no custom field named visa_country, intent/,
        /cbb doctor --create-fields/,
      ),
    ],
    host: hears('unknown_fields', /no custom field named visa_country, intent/, /cbb doctor --create-fields/),
  },
  {
    name: 'a mapped field of another type',
    contract: 'v1.1',
    make: (world) =>
      withFields(world, (fields) =>
        fields.map((field) => (field.name === 'visa_country' ? { ...field, type: 'number' } : field)),
      ),
    commands: [
      ...each(['doctor'], 1, /visa_country/, /type|number/),
      ...each(
        [sync, 'sweep'],
        1,
        /invalid_request/,
        /visa_country/,
        /look at the named fields in the account/,
      ),
    ],
    host: hears('job-finished', /invalid_request/, /visa_country/, /look at the named fields in the account/),
  },
];
