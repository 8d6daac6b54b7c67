export const SYNC_ENGINE = Symbol('SYNC_ENGINE');
export const SYNC_QUEUE = Symbol('SYNC_QUEUE');
