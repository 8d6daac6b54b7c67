import { isSameValue } from '../contacts/same-value.ts';
import type { V11Contact } from './api.ts';
import { decodeFieldValue } from './decode-field-value.ts';
import type { EncodedField } from './encode-fields.ts';
import type { FieldsByName } from './field-list.ts';
import { valuesOf } from './wire-contact.ts';

/**
 * What an account that does not tell the options of its list fields was seen to keep. The service answers success for a
 * value that is no option, and drops it: only reading it back tells, once for each value.
 */
export interface OptionProofs {
  /** Of these, the ones that nobody has read back yet. */
  unproven(set: readonly EncodedField[]): readonly EncodedField[];
  /** Of these, the names whose value was dropped before. */
  refused(set: readonly EncodedField[]): readonly string[];
  note(written: EncodedField, isKept: boolean): void;
}

const mostOfField = 1_000;
const hasUntoldOptions = ({ field }: EncodedField) =>
  field.options === null && (field.type === 'select' || field.type === 'multi_select');

export function createOptionProofs(): OptionProofs {
  const seen = new Map<string, Map<string, boolean>>();
  const proofOf = ({ field, value }: EncodedField) => seen.get(field.id)?.get(value);
  return {
    unproven: (set) => set.filter((written) => hasUntoldOptions(written) && proofOf(written) === undefined),
    refused: (set) =>
      set
        .filter((written) => hasUntoldOptions(written) && proofOf(written) === false)
        .map(({ field }) => field.name),
    note({ field, value }, isKept) {
      const values = seen.get(field.id) ?? new Map<string, boolean>();
      if (values.size >= mostOfField) values.clear();
      seen.set(field.id, values.set(value, isKept));
    },
  };
}

/** The fields whose values a contact that was read back does not show. */
export function notShown(
  contact: V11Contact,
  written: readonly EncodedField[],
  known: FieldsByName,
): readonly EncodedField[] {
  const values = valuesOf(contact, known);
  return written.filter(
    ({ field, value }) => !isSameValue(decodeFieldValue(field.type, value), values.get(field.name)),
  );
}
