import { Global, Inject, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'pg';
import type { Configuration } from '../configuration/configuration';
import { CONFIGURATION } from '../configuration/configuration.module';

export const POOL = Symbol('POOL');

function createPool(configuration: Configuration): Pool {
  const pool = new Pool({
    connectionString: configuration.databaseUrl,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
    max: 20,
  });
  // Without a listener an idle connection that breaks ends the process.
  pool.on('error', () => new Logger('Database').warn('an idle connection broke'));
  return pool;
}

@Global()
@Module({
  providers: [{ provide: POOL, inject: [CONFIGURATION], useFactory: createPool }],
  exports: [POOL],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(POOL) private readonly pool: Pool) {}

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
