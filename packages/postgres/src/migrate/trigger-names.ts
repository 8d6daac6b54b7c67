import type { Layout } from '../layout/layout.ts';

/** Triggers run in the order of their names: these come last, so that they see what the host's own have changed. */
export function triggerName(purpose: string): string {
  return `zz_cbb_sync_${purpose}`;
}

/** Those on the orders table that the sync cannot do without. */
export function triggerNames({ beside }: Layout): readonly string[] {
  const purposes = beside ? ['arm', 'rearm', 'forget', 'empty'] : ['arm', 'rearm', 'hand', 'rank'];
  return purposes.map(triggerName);
}
