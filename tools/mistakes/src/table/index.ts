import type { Mistake } from '../mistake.ts';
import { accessMistakes } from './access.ts';
import { configurationMistakes } from './configuration.ts';
import { copyMistakes } from './copies.ts';
import { databaseMistakes } from './database.ts';
import { fieldMistakes } from './fields.ts';
import { mappingMistakes } from './mapping.ts';
import { orderMistakes } from './orders.ts';
import { queueMistakes } from './queues.ts';
import { redisMistakes } from './redis.ts';
import { serviceMistakes } from './service.ts';
import { surroundingMistakes } from './surroundings.ts';
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
  copies: copyMistakes,
  mapping: mappingMistakes,
  fields: fieldMistakes,
  queues: queueMistakes,
  surroundings: surroundingMistakes,
};
