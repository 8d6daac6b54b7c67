export type DisasterKind = 'kill' | 'freeze' | 'restart_redis' | 'wipe_redis' | 'restart_postgres';

export interface Disaster {
  readonly kind: DisasterKind;
  /** Share of the run after which it strikes. */
  readonly at: number;
}

/** After this share of the run nothing more happens to anybody. */
const lastAt = 2 / 3;

/** Everything that goes wrong around the workers, in time; the last kill ends it. */
export function planDisasters(kills: number, hasRedis: boolean): Disaster[] {
  const planned: Disaster[] = [
    { kind: 'freeze', at: 0.1 },
    { kind: 'freeze', at: 0.3 },
    { kind: 'freeze', at: 0.5 },
    { kind: 'restart_postgres', at: 0.4 },
    ...Array.from({ length: kills }, (_, index) => ({
      kind: 'kill' as const,
      at: ((index + 1) / kills) * lastAt,
    })),
  ];
  if (hasRedis) planned.push({ kind: 'restart_redis', at: 0.2 }, { kind: 'wipe_redis', at: 0.55 });
  return planned.sort((left, right) => left.at - right.at);
}
