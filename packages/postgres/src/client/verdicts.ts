import type { StoreErrorCause } from '@visanet/cbb-sync';
import type { DriverError } from './driver-error.ts';

/** What an error of a driver means, and what to do about it. */
export interface Verdict {
  readonly cause: StoreErrorCause;
  /** It passes without a person. */
  readonly passes: boolean;
  readonly text: string;
  readonly remedy: string;
}

type Row = readonly [when: RegExp, cause: StoreErrorCause, passes: boolean, text: string, remedy: string];

const address = 'Check host and port of the connection (DATABASE_URL), and that the server runs.';
const login = 'Check user and password of the connection (DATABASE_URL).';
const migrations = 'Run the migrations (cbb migrate), and check the configured names.';

/** By SQLSTATE, the first that matches. */
const bySqlState: readonly Row[] = [
  [/^28P01$/, 'password', false, 'The database refused the user or the password', login],
  [/^28/, 'password', false, 'The database does not let this user in', `${login} Look at its pg_hba.conf.`],
  [
    /^3D000$/,
    'database_missing',
    false,
    'The database does not exist',
    'Check the database name of the connection (DATABASE_URL).',
  ],
  [
    /^53300$/,
    'too_many_connections',
    true,
    'The database has no connection left',
    'Give the pool fewer connections, or the server more.',
  ],
  [/^53/, 'statement', true, 'The database is short of memory or disk', 'Look after the server.'],
  [
    /^57014$/,
    'timeout',
    true,
    'The statement was cancelled, or took longer than statement_timeout',
    'Where it happens again: look for what slows the database.',
  ],
  [
    /^(55P03|55006)$/,
    'timeout',
    true,
    'A lock was not had in time',
    'Where it happens again: look for long transactions.',
  ],
  [/^57P03$/, 'refused', true, 'The database is starting or stopping', 'Wait, or look after the server.'],
  [/^(08|57)/, 'lost', true, 'The connection to the database was lost', address],
  [
    /^25006$/,
    'statement',
    true,
    'The database is read-only',
    'Where it stays so: connect to the primary (DATABASE_URL).',
  ],
  [/^40/, 'statement', true, 'The statement met another one', 'Nothing: it is tried again.'],
  [/^(58|XX)/, 'statement', true, 'The database failed inside', 'Look at the log of the server.'],
  [
    /^42501$/,
    'permission',
    false,
    'The database role lacks a permission',
    'Grant the role access to the tables of the sync and to the orders.',
  ],
  [/^42703$/, 'statement', false, 'A column is missing', migrations],
  [/^42P01$/, 'statement', false, 'A table is missing', migrations],
  [/^3F000$/, 'statement', false, 'A schema is missing', migrations],
  [/^42883$/, 'statement', false, 'A function or operator is missing', migrations],
  [/^42804$/, 'statement', false, 'A column has another type than the sync needs', migrations],
  [
    /^23/,
    'statement',
    false,
    'A constraint refused a value',
    'Run the migrations (cbb migrate); a constraint of your own must let the columns of the sync be written.',
  ],
  [
    /^P0001$/,
    'statement',
    false,
    'A trigger of the orders table raised an exception',
    'Let it pass writes of the sync (see prevent_duplicate_orders in the README).',
  ],
  [/^/, 'statement', false, 'The database refused a statement', 'Look at the log of the server.'],
];

const wrongAddress = 'Check the connection (DATABASE_URL): scheme, characters that need encoding, port.';

/** By code of the runtime. */
const byCode: readonly Row[] = [
  [/^(ECONNREFUSED|ENOENT|EACCES)$/, 'refused', true, 'Nothing answers at the address', address],
  [
    /^(ENOTFOUND|EAI_[A-Z]+)$/,
    'host_unknown',
    true,
    'The host of the database is unknown',
    'Check the host name of the connection (DATABASE_URL), and the name service.',
  ],
  [
    /^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN)$/,
    'timeout',
    true,
    'The database did not answer in time',
    address,
  ],
  [/^(ERR_INVALID_URL|ERR_SOCKET_BAD_PORT)$/, 'refused', false, 'The connection text is wrong', wrongAddress],
  [
    /CERT|^UNABLE_TO_|^ERR_TLS/,
    'refused',
    false,
    'The certificate of the database is not trusted',
    'Give the pool the certificate authority of the server (ssl.ca).',
  ],
];

/** By words of the drivers and of poolers that give no code of their own, or one that says nothing. */
const byWords: readonly Row[] = [
  [
    /^(timeout e|Query read timeout|Connection terminated due to connection timeout|timed out)/,
    'timeout',
    true,
    'The database did not answer in time',
    address,
  ],
  [/client password must be/, 'password', false, 'The connection has no password', login],
  [/tenant( or |\/)user/i, 'password', false, 'The pooler does not know the user', login],
  [
    /^no such database/,
    'database_missing',
    false,
    'The pooler does not know the database',
    'Check the database name of the connection (DATABASE_URL).',
  ],
  [
    /^no more connections allowed/,
    'too_many_connections',
    true,
    'The pooler has no connection left',
    'Give the pool fewer connections, or the pooler more.',
  ],
  [
    /does not support SSL/,
    'refused',
    false,
    'The server speaks no TLS',
    'Take sslmode off the connection (DATABASE_URL).',
  ],
  [
    /row-level security/,
    'row_security',
    false,
    'A row-level-security rule refused the write',
    'Use a role that bypasses row-level security.',
  ],
];

function find(rows: readonly Row[], text: string): Verdict | undefined {
  const row = rows.find(([pattern]) => pattern.test(text));
  if (row === undefined) return undefined;
  const [, cause, passes, said, remedy] = row;
  return { cause, passes, text: said, remedy };
}

const lost: Verdict = {
  cause: 'lost',
  passes: true,
  text: 'The connection to the database was lost',
  remedy: address,
};

export function verdictOf({ sqlState, code, words }: Omit<DriverError, 'names'>): Verdict {
  // Some conditions come under a code that says less than the words: those of poolers, and row-level security.
  const told = find(byWords, words);
  if (told !== undefined) return told;
  return (sqlState === null ? find(byCode, code ?? '') : find(bySqlState, sqlState)) ?? lost;
}
