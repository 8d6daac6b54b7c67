import type { StoreError } from '@visanet/cbb-sync';
import { okAsync, type ResultAsync } from 'neverthrow';
import * as z from 'zod';
import type { Database } from '../client/database.ts';

/** What tells a database from its copies. */
export interface DatabaseIdentity {
  /** Of the server's data, made once; null where the role may not ask. */
  readonly systemIdentifier: string | null;
  /** Rises when a standby takes over, and by a restore; null where the role may not ask. */
  readonly timeline: number | null;
  readonly database: string;
  readonly databaseOid: string;
}

const place = z.object({ database: z.string(), databaseOid: z.string(), mayAsk: z.boolean() });
const server = z.object({ systemIdentifier: z.string(), timeline: z.number() });

const mayRun = (name: string) =>
  `COALESCE(has_function_privilege(to_regprocedure('pg_catalog.${name}()')::oid, 'execute'), false)`;

const placeSql = `SELECT jsonb_build_object('database', d.datname, 'databaseOid', d.oid::text,
  'mayAsk', ${mayRun('pg_control_system')} AND ${mayRun('pg_control_checkpoint')})::text AS answer
  FROM pg_database d WHERE d.datname = current_database()`;

const serverSql = `SELECT jsonb_build_object('systemIdentifier', s.system_identifier::text,
  'timeline', c.timeline_id)::text AS answer FROM pg_control_system() s CROSS JOIN pg_control_checkpoint() c`;

/** A hosted server may keep to itself which one it is. */
export function readIdentity(database: Database): ResultAsync<DatabaseIdentity, StoreError> {
  return database.ask(placeSql, [], place).andThen(({ mayAsk, ...here }) => {
    if (!mayAsk) return okAsync({ ...here, systemIdentifier: null, timeline: null });
    return database.ask(serverSql, [], server).map((told) => ({ ...here, ...told }));
  });
}
