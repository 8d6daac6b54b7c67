export const CBB_SYNC = Symbol('CBB_SYNC');
