import { maskPhone } from './mask-phone.ts';

// Seven digits are the shortest phone; the separators are those that people write between digits.
const digitRun = /\p{Nd}(?:[\s\p{Cf}\p{Pd}.·/\\()\u2212]{0,3}\p{Nd}){6,}/gu;
const email = /[\p{L}\p{M}\p{N}._%+'-]+@[\p{L}\p{M}\p{N}-]+(?:\.[\p{L}\p{M}\p{N}-]+)*/gu;
const credential = /\b(bearer|basic)\s+[^\s"',;]+/gi;
const namedSecret =
  /\b(x-access-token|x-api-key|authorization|api[-_]?key|access[-_]?token|password|secret)(["']?\s*[:=]\s*["']?)(?!bearer\b|basic\b)[^\s"',;&]+/gi;

/**
 * Takes phones, e-mail addresses and credentials out of free text before it is logged or stored. A net under text of
 * foreign origin, not a licence to log customer data: names it cannot know.
 *
 * @example redact('ann@example.com called from +44 7700 900123') // '[email] called from +447700***123'
 */
export function redact(text: string): string {
  return text
    .replace(credential, '$1 [secret]')
    .replace(namedSecret, '$1$2[secret]')
    .replace(email, '[email]')
    .replace(digitRun, maskPhone);
}
