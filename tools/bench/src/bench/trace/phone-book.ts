import type { Random } from './random.ts';
import type { Customer, PhoneSpelling } from './trace-event.ts';

type Spellings = readonly [PhoneSpelling, ...PhoneSpelling[]];

interface Range {
  /** Share of the customers, in percent. */
  readonly share: number;
  phone(index: number): string;
  spellings(phone: string): Spellings;
}

const easternArabic = (digits: string) =>
  digits.replace(/\d/g, (digit) => String.fromCodePoint(0x0660 + Number(digit)));

const digitsOf = (index: number, length: number) => String(index).padStart(length, '0');

/** Ranges that are reserved for fiction or plainly invented, each with the ways in which its people write them. */
const ranges: readonly Range[] = [
  {
    share: 56,
    phone: (index) => `97250000${digitsOf(index, 4)}`,
    spellings(phone) {
      const national = phone.slice(3);
      const [area, rest] = [national.slice(0, 2), national.slice(2)];
      return [
        { code: '972', number: `0${national}` },
        { code: '+972', number: national },
        { code: '972', number: `+972 (0)${area}-${rest.slice(0, 3)}-${rest.slice(3)}` },
        { code: '972', number: easternArabic(`0${national}`) },
        `+972-${area}-${rest.slice(0, 3)}-${rest.slice(3)}`,
        `00${phone}`,
      ];
    },
  },
  {
    share: 20,
    phone: (index) => `7900000${digitsOf(index, 4)}`,
    spellings(phone) {
      const national = phone.slice(1);
      return [
        { code: '7', number: `8 (${national.slice(0, 3)}) ${national.slice(3)}` },
        { code: '+7', number: national },
        `+7 ${national.slice(0, 3)} ${national.slice(3)}`,
        `00${phone}`,
      ];
    },
  },
  {
    share: 14,
    phone: (index) => `447700900${digitsOf(index, 3)}`,
    spellings(phone) {
      const national = phone.slice(2);
      return [
        { code: '44', number: national },
        { code: '+44', number: `0${national.slice(0, 4)} ${national.slice(4)}` },
        `+${phone}`,
      ];
    },
  },
  {
    share: 5,
    phone: (index) => `1212555${digitsOf(index + 100, 4)}`,
    spellings(phone) {
      const national = phone.slice(1);
      return [
        { code: '1', number: `(${national.slice(0, 3)}) ${national.slice(3, 6)}-${national.slice(6)}` },
        { code: '+1', number: national },
        `+1 ${national.slice(0, 3)} ${national.slice(3)}`,
      ];
    },
  },
  {
    share: 5,
    phone: (index) => `4670174${digitsOf(index + 605, 4)}`,
    spellings(phone) {
      const national = phone.slice(2);
      return [
        { code: '46', number: `0${national.slice(0, 2)}-${national.slice(2)}` },
        { code: '+46', number: national },
        `+46 ${national}`,
      ];
    },
  },
];

const badSpellings: Spellings = [
  null,
  '',
  '0000000000',
  'unknown',
  '12',
  { code: '972', number: '' },
  { code: '', number: '1' },
  { code: '44', number: '12345678901234567890' },
];

export interface PhoneBookShares {
  readonly customers: number;
  readonly badPhones: number;
  readonly withoutWhatsApp: number;
}

/** Exact numbers of customers with a bad phone and without WhatsApp, strewn by the seed. */
export function createPhoneBook(random: Random, shares: PhoneBookShares): Customer[] {
  const good = shares.customers - shares.badPhones;
  const phones = ranges.flatMap((range, position) => {
    const share = Math.floor((good * range.share) / 100);
    const others = ranges.slice(1).reduce((sum, other) => sum + Math.floor((good * other.share) / 100), 0);
    const count = position === 0 ? good - others : share;
    return Array.from({ length: count }, (_, index) => {
      const phone = range.phone(index);
      return { phone, spellings: range.spellings(phone) };
    });
  });
  const people = random.shuffle(phones).map((entry, index) => ({
    ...entry,
    hasWhatsApp: index >= shares.withoutWhatsApp,
  }));
  const bad = Array.from({ length: shares.badPhones }, () => {
    const spellings: Spellings = [random.pick(badSpellings)];
    return { phone: null, spellings, hasWhatsApp: false };
  });
  return random.shuffle([...people, ...bad]).map((entry, number) => ({ number, ...entry }));
}
