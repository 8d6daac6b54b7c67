/** Why a connection failed, as far as the runtime tells it. Never the words of another library. */
export type CbbErrorCode =
  /** No such host. */
  | 'ENOTFOUND'
  | 'EAI_AGAIN'
  | 'ECONNREFUSED'
  | 'ECONNRESET'
  | 'ETIMEDOUT'
  | 'EHOSTUNREACH'
  | 'ENETUNREACH'
  /** Certificate or handshake. */
  | 'tls'
  /** More headers than the runtime takes. */
  | 'header_overflow'
  /** A compressed body that cannot be unpacked. */
  | 'decompression'
  /** The answer is no HTTP, or shorter or longer than it said. */
  | 'malformed'
  /** The body is longer than any answer of the contract. */
  | 'oversized'
  /** A redirect, which is never followed. */
  | 'redirect'
  /** The option `apiKey` is a function, and no usable key came of it. */
  | 'api_key';

const plain: ReadonlySet<string> = new Set<CbbErrorCode>([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
const isPlain = (code: string): code is CbbErrorCode => plain.has(code);

const patterns: readonly (readonly [RegExp, CbbErrorCode])[] = [
  [/^(EPIPE|ECONNABORTED|UND_ERR_SOCKET|UND_ERR_CLOSED)$/, 'ECONNRESET'],
  [/^UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT$/, 'ETIMEDOUT'],
  [/HEADERS?_OVERFLOW$/, 'header_overflow'],
  [/^(Z_|ERR_ZLIB|ERR_BROTLI|ERR__ERROR|ERR_PADDING|ZSTD_)/, 'decompression'],
  [/CERT|^ERR_TLS|^ERR_SSL|^EPROTO$|^UNABLE_TO|SELF_SIGNED/, 'tls'],
  [/^HPE_|CONTENT_LENGTH_MISMATCH$/, 'malformed'],
];

/** The code of a rejection of `fetch` or of a body, and of what caused it; undefined where a runtime gives none. */
export function readErrorCode(rejection: unknown): CbbErrorCode | undefined {
  let current = rejection;
  // Causes of causes; a bound, because a chain can be a circle.
  for (let depth = 0; depth < 5 && typeof current === 'object' && current !== null; depth += 1) {
    const code = 'code' in current ? toCode(String(current.code)) : undefined;
    if (code !== undefined) return code;
    // Undici gives its parser's errors no code in some releases.
    if ('name' in current && current.name === 'HTTPParserError') return 'malformed';
    current = 'cause' in current ? current.cause : undefined;
  }
  return undefined;
}

function toCode(code: string): CbbErrorCode | undefined {
  return isPlain(code) ? code : patterns.find(([pattern]) => pattern.test(code))?.[1];
}
