import { expect, it } from 'vitest';
import { createEventLog } from './event-log.ts';

it.each([
  ['empty', 'info'],
  ['not_text', 'warn'],
] as const)('tells a field that is unusable for being %s at level %s', (problem, level) => {
  const lines: string[] = [];
  const log = createEventLog({ stderr: (text) => lines.push(text) }, 'json');
  log.engine({ kind: 'field-unusable', orderId: 'IL1', field: 'email', problem });
  const told = { level, event: 'field-unusable', orderId: 'IL1', field: 'email', problem };
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([told]);
});
