export const queueNames = ['bullmq', 'pg-boss', 'function'] as const;
export type QueueName = (typeof queueNames)[number];

export const isQueueName = (name: string): name is QueueName => queueNames.some((known) => known === name);
