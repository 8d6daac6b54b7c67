/** Failures of name look-up, connection and handshake, as Node names them: no byte of a request had left. */
const codes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Whether a rejection of `fetch` proves that the request never left. Other runtimes give no codes: not proven. */
export function isProvenUnsent(rejection: unknown): boolean {
  if (!(rejection instanceof Error)) return false;
  const { cause } = rejection;
  return typeof cause === 'object' && cause !== null && 'code' in cause && codes.has(String(cause.code));
}
