import { startPostgres } from '../servers/postgres.ts';

/** Runs once before the tests of the projects that name it; their workers find the server in `DATABASE_URL`. */
export default async function setup(): Promise<() => Promise<void>> {
  const server = await startPostgres();
  process.env.DATABASE_URL = server.url;
  return () => server.stop();
}
