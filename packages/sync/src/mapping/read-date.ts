import { problem, type Reading, readNothing, value } from './reading.ts';

const calendarDate = /^(\d{4})-(\d{2})-(\d{2})$/;
const instant =
  /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)? ?(?:[Zz]|([+-])(\d{2})(?::?(\d{2}))?)$/;

/** A calendar date. It is never turned into an instant, which would move it by a day in half of the world. */
export function readDate(raw: unknown): Reading<string> {
  const nothing = readNothing(raw);
  if (nothing !== null) return nothing;
  const text = raw instanceof Date ? localDay(raw) : raw;
  if (typeof text !== 'string') return problem('not_a_date');
  const date = text.trim();
  return isCalendarDate(date) ? value(date) : problem('not_a_date');
}

/** Drivers make local midnight of a `date` column: the local parts give back the day that the column holds. */
function localDay(date: Date): string {
  const year = String(date.getFullYear()).padStart(4, '0');
  return `${year}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

function isCalendarDate(text: string): boolean {
  const [, year, month, day] = (calendarDate.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/**
 * An instant, written in UTC and cut to whole seconds: a contact service may keep no more, and what is read back must
 * equal what was written. A text without a zone is refused: which instant it means is a guess.
 */
export function readDateTime(raw: unknown): Reading<string> {
  const nothing = readNothing(raw);
  if (nothing !== null) return nothing;
  const time =
    raw instanceof Date ? raw.getTime() : typeof raw === 'string' ? parseInstant(raw.trim()) : Number.NaN;
  const date = new Date(Math.floor(time / 1_000) * 1_000);
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999 ? value(date.toISOString()) : problem('not_a_date');
}

function parseInstant(text: string): number {
  const [
    ,
    day = '',
    hour = '',
    minute = '',
    second = '00',
    fraction = '',
    sign = '+',
    zoneHour = '00',
    zoneMinute = '00',
  ] = instant.exec(text) ?? [];
  if (!isCalendarDate(day) || Number(zoneHour) > 15 || Number(zoneMinute) > 59) return Number.NaN;
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0');
  return hour === '24'
    ? Number.NaN
    : Date.parse(`${day}T${hour}:${minute}:${second}.${milliseconds}${sign}${zoneHour}:${zoneMinute}`);
}
