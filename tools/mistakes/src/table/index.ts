import type { Mistake } from '../mistake.ts';
import { accessMistakes } from './access.ts';
import { configurationMistakes } from './configuration.ts';
import { databaseMistakes } from './database.ts';
import { orderMistakes } from './orders.ts';
import { redisMistakes } from './redis.ts';
import { serviceMistakes } from './service.ts';
import { tableMistakes } from './tables.ts';

/** Ordinary mistakes, by what they are made in. */
export const mistakes: Readonly<Record<string, readonly Mistake[]>> = {
  configuration: configurationMistakes,
  service: serviceMistakes,
  database: databaseMistakes,
  tables: tableMistakes,
  access: accessMistakes,
  redis: redisMistakes,
  orders: orderMistakes,
};
