/** One line of a verdict. */
export interface Check {
  readonly name: string;
  readonly required: string;
  readonly found: string;
  readonly ok: boolean;
  /** Ids of some orders that it failed for. */
  readonly orders?: readonly string[];
}

const shownOrders = 5;

/** Requires that no order is concerned. */
export function none(name: string, orders: readonly string[]): Check {
  return { ...exactly(name, orders.length, 0), orders: orders.slice(0, shownOrders) };
}

/** Requires that the number of all orders is left when those that are wrong are taken out. */
export function allBut(name: string, all: number, wrong: readonly string[]): Check {
  return { ...exactly(name, all - wrong.length, all), orders: wrong.slice(0, shownOrders) };
}

export function exactly(name: string, found: number, required: number): Check {
  return { name, required: String(required), found: String(found), ok: found === required };
}

export function atMost(name: string, found: number, limit: number): Check {
  return { name, required: `≤ ${limit}`, found: String(found), ok: found <= limit };
}

export function atLeast(name: string, found: number, limit: number): Check {
  return { name, required: `≥ ${limit}`, found: String(found), ok: found >= limit };
}

export function above(name: string, found: number, limit: number): Check {
  return { name, required: `> ${limit}`, found: String(found), ok: found > limit };
}

/** Checks in columns, what failed marked. */
export function formatChecks(checks: readonly Check[]): string {
  const lines = [
    ['check', 'required', 'found', ''],
    ...checks.map(({ name, required, found, ok, orders = [] }) => [
      name,
      required,
      found,
      ok ? 'ok' : ['FAILED', ...orders].join(' '),
    ]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map(([name = '', required = '', found = '', verdict = '']) =>
      [
        name.padEnd(widths[0] ?? 0),
        required.padStart(widths[1] ?? 0),
        found.padStart(widths[2] ?? 0),
        verdict,
      ]
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
