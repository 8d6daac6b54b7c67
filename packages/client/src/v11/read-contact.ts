import {
  isRecord,
  listOrNone,
  type Reader,
  readBoolean,
  readId,
  readText,
  readTextOrNumber,
  readWholeNumber,
} from '../answer/read-value.ts';
import type { components } from '../generated/cbb-v11.ts';
import { readFieldValue, readTag } from './read-parts.ts';

type WireContact = components['schemas']['Contact'];

const readTags = listOrNone(readTag);
const readFieldValues = listOrNone(readFieldValue);

/** What is relied on must be there; of the rest, what is of the wrong shape reads as absent. */
export const readContact: Reader<WireContact> = (json) => {
  if (!isRecord(json)) return null;
  const id = readId(json.id);
  const phone = readTextOrNumber(json.phone ?? '');
  const tags = readTags(json.tags);
  const customFields = readFieldValues(json.custom_fields);
  if (id === null || phone === null || tags === null || customFields === null) return null;
  const { page_id, ...rest } = json;
  const page = readId(page_id);
  return {
    value: {
      ...rest,
      id,
      ...(page === null ? {} : { page_id: page }),
      phone: json.phone === undefined || json.phone === null ? null : phone,
      email: readText(json.email),
      full_name: readText(json.full_name),
      first_name: readText(json.first_name),
      last_name: readText(json.last_name),
      channel: readWholeNumber(json.channel),
      profile_pic: readText(json.profile_pic),
      locale: readText(json.locale),
      gender: readGender(json.gender),
      timezone: readText(json.timezone) ?? (typeof json.timezone === 'number' ? json.timezone : null),
      last_sent: readWholeNumber(json.last_sent),
      last_delivered: readWholeNumber(json.last_delivered),
      last_seen: readWholeNumber(json.last_seen),
      last_interaction: readWholeNumber(json.last_interaction),
      subscribed_date: readText(json.subscribed_date),
      subscribed:
        readBoolean(json.subscribed) ??
        (typeof json.subscribed === 'number' ? readWholeNumber(json.subscribed) : null),
      tags: [...tags.value],
      custom_fields: [...customFields.value],
    },
  };
};

function readGender(value: unknown): 0 | 1 | 2 | null {
  return value === 0 || value === 1 || value === 2 ? value : null;
}
