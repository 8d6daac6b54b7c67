import { Inject, Injectable } from '@nestjs/common';
import type { StorableViziOrder } from '@visanet/cbb-sync';
import { ResultAsync } from 'neverthrow';
import type { Pool } from 'pg';
import { POOL } from '../database/database.module';
import { keepRejectedSql, orderValues, saveOrderSql } from './orders-sql';

/** Holds no word of the driver's message: it may repeat a customer's data. */
export interface DatabaseFailed {
  readonly kind: 'database_failed';
  /** SQLSTATE or the code of a socket error. */
  readonly code: string;
}

export interface ReceivedWebhook {
  readonly payload: unknown;
  readonly receivedAt: string;
}

@Injectable()
export class OrdersRepository {
  constructor(@Inject(POOL) private readonly pool: Pool) {}

  /** Order and raw payload in one statement: both are durable or none. */
  save(webhook: ReceivedWebhook, order: StorableViziOrder): ResultAsync<void, DatabaseFailed> {
    return this.run(saveOrderSql, [
      webhook.receivedAt,
      JSON.stringify(webhook.payload),
      ...orderValues(order),
    ]);
  }

  /** A payload that is no order is kept for a person to look at. */
  keepRejected(webhook: ReceivedWebhook, problem: string): ResultAsync<void, DatabaseFailed> {
    return this.run(keepRejectedSql, [webhook.receivedAt, problem, JSON.stringify(webhook.payload ?? null)]);
  }

  private run(sql: string, values: readonly unknown[]): ResultAsync<void, DatabaseFailed> {
    return ResultAsync.fromPromise(this.pool.query(sql, [...values]), toFailure).map(() => undefined);
  }
}

function toFailure(error: unknown): DatabaseFailed {
  const code =
    typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown';
  return { kind: 'database_failed', code };
}
