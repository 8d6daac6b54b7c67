import type { PressureCase } from '../pressure-case.ts';
import { backlog } from './backlog.ts';
import { burst } from './burst.ts';
import { hang } from './hang.ts';
import { hostEdits } from './host-edits.ts';
import { hotPhone } from './hot-phone.ts';
import { pause } from './pause.ts';
import { stop } from './stop.ts';

export const pressureCases: readonly PressureCase[] = [
  hang,
  pause,
  burst,
  hotPhone,
  backlog,
  hostEdits,
  stop,
];
