import { type PostgresServer, startPrivatePostgres } from './postgres.ts';
import { type RedisServer, startPrivateRedis } from './redis.ts';
import { stopSignal } from './stop-signal.ts';

// Private servers for a person without Docker: empty at the start, gone at the end.

async function run(): Promise<void> {
  // Heard from the beginning: a stop during the start must leave no server behind.
  const stopped = stopSignal();
  let postgres: PostgresServer | null = null;
  let redis: RedisServer | null = null;
  try {
    postgres = await startPrivatePostgres({ durable: true });
    redis = await startPrivateRedis();
    console.log(`DATABASE_URL=${postgres.url}`);
    console.log(`REDIS_URL=${redis.url}`);
    console.error('Both are private and empty. Ctrl-C ends them and deletes their data.');
    await stopped;
  } finally {
    await redis?.stop();
    await postgres?.stop();
  }
}

await run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'The servers could not start.');
  process.exitCode = 1;
});
