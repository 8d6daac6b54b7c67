import * as bullmq6 from 'bullmq';
import * as bullmq5 from 'bullmq5';
import type { BullmqClasses, BullmqQueueLike } from './bullmq-types.ts';

/** Compiles only while the true classes of both majors fit the shapes that the adapter asks for. */
export const five: BullmqClasses = bullmq5;
export const six: BullmqClasses = bullmq6;

export function queuesFit(queue5: bullmq5.Queue, queue6: bullmq6.Queue): readonly BullmqQueueLike[] {
  return [queue5, queue6];
}
