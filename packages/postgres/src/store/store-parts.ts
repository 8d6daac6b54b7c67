import type { Mapping } from '@visanet/cbb-sync';
import type { Database } from '../client/database.ts';
import type { Layout } from '../layout/layout.ts';

/** What every method of the store works with, once it is known that the tables are right. */
export interface StoreParts<O> {
  readonly database: Database;
  readonly layout: Layout;
  readonly mapping: Mapping<O>;
  /** Separates the ledgers of contracts and accounts. */
  readonly scope: string;
  readonly allowRowSecurity: boolean;
}
