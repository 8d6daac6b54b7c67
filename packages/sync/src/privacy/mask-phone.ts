// Fewer digits than a phone has are hidden whole: what would stay could be most of them.
const shortestShown = 7;
const leastHidden = 3;

/**
 * A phone that may be logged: at most half of its digits, `***`, and at most the last three.
 *
 * @example maskPhone('447700900123') // '447700***123'
 */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  if (digits.length < shortestShown) return '***';
  const start = Math.min(6, Math.floor(digits.length / 2));
  const end = Math.min(3, Math.floor(digits.length / 4), digits.length - start - leastHidden);
  return `${digits.slice(0, start)}***${digits.slice(-end)}`;
}
