/** Shared by Jest's global set-up and tear-down, which run in one process. */
export const databases = { stop: async (): Promise<void> => {} };
