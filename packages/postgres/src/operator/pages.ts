import type { StoreError } from '@visanet/cbb-sync';
import { ok, type Result, type ResultAsync } from 'neverthrow';

export interface Page<C> {
  readonly ids: readonly string[];
  /** Where the next page begins; null after the last. */
  readonly next: C | null;
}

/** Batches of order ids, read by key so that memory stays constant; ends after the first error. */
export type OrderIdBatches = AsyncIterable<Result<readonly string[], StoreError>>;

export async function* readPages<C>(
  first: C,
  read: (cursor: C) => ResultAsync<Page<C>, StoreError>,
): AsyncGenerator<Result<readonly string[], StoreError>, void> {
  let cursor: C | null = first;
  while (cursor !== null) {
    const page: Result<Page<C>, StoreError> = await read(cursor);
    if (page.isErr()) {
      yield page.map(({ ids }) => ids);
      return;
    }
    if (page.value.ids.length > 0) yield ok(page.value.ids);
    cursor = page.value.next;
  }
}
