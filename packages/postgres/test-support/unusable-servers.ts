import { silentServer } from '@visanet/test-support';
import pg from 'pg';
import { freePort } from '../../../tools/servers/free-port.ts';
import { startPrivatePostgres } from '../../../tools/servers/postgres.ts';

export const secret = 'not-the-Secret-1';

/** A server of its own that asks the role `guarded` for a password, and has no connection left for `crowded`. */
export async function startGuardedPostgres() {
  const server = await startPrivatePostgres();
  const admin = new pg.Pool({ connectionString: server.url, max: 1 });
  admin.on('error', () => undefined);
  await admin.query("CREATE ROLE guarded LOGIN PASSWORD 'the-other-secret'");
  await admin.query('CREATE ROLE crowded LOGIN CONNECTION LIMIT 0');
  await admin.query(`DO $$ BEGIN EXECUTE format($copy$COPY (VALUES
    ('host all guarded 127.0.0.1/32 scram-sha-256'), ('host all all 127.0.0.1/32 trust')) TO %L$copy$,
    current_setting('hba_file')); PERFORM pg_reload_conf(); END $$`);
  return {
    url(user: string, database = 'postgres'): string {
      const url = new URL(server.url);
      url.username = user;
      url.password = secret;
      url.pathname = database;
      return url.href;
    },
    async stop() {
      await admin.end();
      await server.stop();
    },
  };
}

const address = (port: string) => `postgresql://guarded:${secret}@127.0.0.1:${port}/postgres`;

/** Accepts connections, and never says a word. */
export async function startSilentServer() {
  const { port, stop } = await silentServer();
  return { url: address(port), stop };
}

/** Where nothing listens. */
export async function closedPort(): Promise<string> {
  return address(String(await freePort()));
}
