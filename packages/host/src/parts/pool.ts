import type { PostgresClient } from '@visanet/cbb-postgres';
import type { ResultAsync } from 'neverthrow';
import type { HostError } from '../errors/host-error.ts';
import type { HostSettings } from '../settings/host-settings.ts';
import type { Closing } from './closing.ts';
import type { DriverErrorListener } from './driver-errors.ts';
import { endsWithin } from './ends-within.ts';
import { loadPeer } from './load-peer.ts';

const connectMs = 10_000;
const endMs = 5_000;

/** A pool of node-postgres; nothing is connected yet. Its waits end here: a pooler takes no session settings. */
export function openPool(
  url: string,
  { maxConnections, statementMs }: HostSettings['database'],
  closing: Closing,
  tellDriver: DriverErrorListener,
): ResultAsync<PostgresClient, HostError> {
  return loadPeer('pg', () => import('pg')).map(({ default: pg }) => {
    const pool = new pg.Pool({
      connectionString: url,
      max: maxConnections,
      connectionTimeoutMillis: connectMs,
      query_timeout: statementMs,
      application_name: 'cbb',
    });
    // pg throws otherwise when an idle connection breaks; the next statement tells of it.
    pool.on('error', (error) => tellDriver('Postgres', error));
    closing.add(async () => {
      await endsWithin(pool.end(), endMs);
    });
    return pool;
  });
}

export function openDirectClient(url: string, tellDriver: DriverErrorListener) {
  return loadPeer('pg', () => import('pg')).map(({ default: pg }) => () => {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: connectMs,
      application_name: 'cbb listen',
      keepAlive: true,
    });
    client.on('error', (error) => tellDriver('Postgres', error));
    return client;
  });
}
