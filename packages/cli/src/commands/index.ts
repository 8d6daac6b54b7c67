import type { Command } from '../command.ts';
import { adopt } from './adopt.ts';
import { doctor } from './doctor.ts';
import { failures } from './failures.ts';
import { migrate } from './migrate.ts';
import { retryFailed } from './retry-failed.ts';
import { separate } from './separate.ts';
import { simulate } from './simulate.ts';
import { sweep } from './sweep.ts';
import { syncOrder } from './sync-order.ts';
import { worker } from './worker.ts';

/** In the order of the usage text. */
export const commands: readonly Command[] = [
  worker,
  sweep,
  syncOrder,
  failures,
  retryFailed,
  migrate,
  doctor,
  adopt,
  separate,
  simulate,
];
