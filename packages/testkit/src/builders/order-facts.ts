import { createRandom } from '../simulator/random.ts';

/** One invented order, before it is put into a row or a webhook. */
export interface OrderFacts {
  readonly orderId: string;
  readonly formId: string;
  readonly branch: 'il' | 'ru';
  readonly domain: string;
  readonly paymentId: string;
  readonly amount: number;
  readonly currency: string;
  readonly name: string;
  readonly email: string;
  /** Country code and national number with its trunk prefix. */
  readonly phone: { readonly code: string; readonly number: string };
  /** The same in digits, as the contact service wants it. */
  readonly phoneDigits: string;
  readonly product: string;
  readonly country: string;
  readonly docType: string;
  readonly quantity: number;
  readonly stayLimit: number;
  readonly urgency: string;
  readonly urgent: boolean;
  /** Days that the product takes without haste. */
  readonly wait: number;
  readonly entryDate: string | null;
  /** ISO 8601, UTC; rises with the seed. */
  readonly receivedAt: string;
}

const NAMES = [
  'נועה ברק־לוי',
  'Анна Сергеева',
  'Åsa Öberg',
  'Jordan O’Neill-Smith',
  'ليلى حداد',
  '山田 花子',
  'Priya Raman',
  'José Ñúñez',
  'Γιώργος Παππάς',
];
/** `entry`: the form asks for a date of entry. */
const DESTINATIONS = [
  { country: 'india', wait: 3, code: 'IN', docType: 'evisa', price: 249, entry: true },
  { country: 'morocco', wait: 3, code: 'MA', docType: 'evisa', price: 399, entry: true },
  { country: 'sri_lanka', wait: 2, code: 'LK', docType: 'eta', price: 299, entry: true },
  { country: 'vietnam', wait: 7, code: 'VN', docType: 'evisa', price: 199.5, entry: true },
  { country: 'uk', wait: 3, code: 'GB', docType: 'eta', price: 179, entry: false },
  { country: 'usa', wait: 3, code: 'US', docType: 'eta', price: 159, entry: false },
];
const HASTE: ReadonlySet<string> = new Set(['few_hours', 'next_day']);
const URGENCIES = ['none', 'none', 'none', 'few_hours', 'next_day', '3_days'];
const START = Date.UTC(2025, 7, 19, 8);
const DAY_MS = 86_400_000;

/** Invents an order; phones of different seeds below 40 000 differ. */
export function inventOrder(seed: number): OrderFacts {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new TypeError('[cbb-testkit] seed must be a whole number from 0');
  const random = createRandom(seed, 'orders');
  const russian = seed % 4 === 3;
  const branch = russian ? 'ru' : 'il';
  const destination = random.pick(DESTINATIONS);
  const quantity = 1 + Math.floor(random.next() * 4);
  const received = START + seed * 60_000;
  const day = new Date(received).toISOString().slice(2, 10).replaceAll('-', '');
  const subscriber = russian ? `900000${pad(Math.floor(seed / 4), 4)}` : `5000${pad(seed, 5)}`;
  const name = random.pick(NAMES);
  const urgency = random.pick(URGENCIES);
  const orderId = `${branch.toUpperCase()}${day}${destination.code}${seed}`;
  return {
    orderId,
    formId: `frm_${pad(seed, 12)}`,
    branch,
    domain: russian ? 'visanet.ru' : 'visanet.co.il',
    paymentId: `pi_test_${orderId.toLowerCase()}`,
    amount: destination.price * quantity * (russian ? 10 : 1),
    currency: russian ? 'RUB' : 'ILS',
    name,
    email: `customer${seed}@example.test`,
    phone: russian ? { code: '7', number: `8${subscriber}` } : { code: '972', number: `0${subscriber}` },
    phoneDigits: `${russian ? '7' : '972'}${subscriber}`,
    product: `${destination.country}_year`,
    country: destination.country,
    docType: destination.docType,
    quantity,
    wait: destination.wait,
    stayLimit: 90,
    urgency,
    urgent: HASTE.has(urgency),
    entryDate: destination.entry
      ? new Date(received + (30 + Math.floor(random.next() * 90)) * DAY_MS).toISOString().slice(0, 10)
      : null,
    receivedAt: new Date(received).toISOString(),
  };
}

function pad(value: number, digits: number): string {
  return String(value % 10 ** digits).padStart(digits, '0');
}
