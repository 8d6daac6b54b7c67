/** One line of a verdict. */
export interface Check {
  readonly name: string;
  readonly required: string;
  readonly found: string;
  readonly ok: boolean;
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
    ...checks.map(({ name, required, found, ok }) => [name, required, found, ok ? 'ok' : 'FAILED']),
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
