import type pg from 'pg';
import { directClient } from '../compose/database.ts';
import { endsWithin } from '../compose/ends-within.ts';
import { type Check, failure, ok, warning } from './check.ts';

const name = 'direct connection';
const channel = 'cbb_doctor';
const waitMs = 2_000;

/** Whether a notification arrives: through a pooler in transaction mode none does, and nothing complains. */
export async function checkDirectConnection(url: string | null, pool: pg.Pool): Promise<Check> {
  if (url === null) {
    return warning(
      name,
      'without it new orders are found by the sweep alone, and migrations go through DATABASE_URL',
      'set DATABASE_DIRECT_URL to the database past the pooler',
    );
  }
  const client = directClient(url);
  let told: () => void = () => undefined;
  const notified = new Promise<void>((resolve) => {
    told = resolve;
  });
  client.on('notification', () => told());
  const listening = await client
    .connect()
    .then(() => client.query(`LISTEN ${channel}`))
    .then(
      () => true,
      () => false,
    );
  const sent = listening
    ? await pool.query(`NOTIFY ${channel}`).then(
        () => true,
        () => false,
      )
    : false;
  const arrived = sent && (await endsWithin(notified, waitMs));
  await endsWithin(client.end(), waitMs);
  if (!listening) return failure(name, 'it does not answer', 'check DATABASE_DIRECT_URL');
  if (arrived) return ok(name, 'notifications arrive');
  return failure(
    name,
    'notifications do not arrive',
    'DATABASE_DIRECT_URL must lead to the same database, and past the pooler',
  );
}
