import { suiteMapping } from '@visanet/cbb-testkit/conformance';
import { createLayout } from '../src/layout/layout.ts';
import { plainSources, triggerSql } from '../src/migrate/trigger-sql.ts';
import type { SuiteState } from '../test-support/suite-subject.ts';
import { tablesIn } from '../test-support/test-schema.ts';
import { plainSchema } from './schema-name.ts';

/** The statements that make functions and triggers; an index of its own keeps announcements out of the shared suite. */
export function triggersOf(state: SuiteState, notifyChannel: string | false = false): string[] {
  const layout = createLayout({ ...tablesIn(plainSchema), state, notifyChannel }, suiteMapping);
  return triggerSql(layout, plainSources(layout)).filter((sql) => sql.startsWith('CREATE'));
}

/** A part of such a statement that has conditions, as it stands there. */
export interface TriggerPart {
  readonly name: string;
  readonly text: string;
  /** Where the conditions begin and end within it. */
  readonly from: number;
  readonly to: number;
}

const body = /BEGIN\n([\s\S]*)\nEND/;
const condition = /\nWHEN \(([\s\S]*)\)\nEXECUTE FUNCTION/;

/** Throws where one is not understood: no condition may be passed over. */
export function triggerParts(): TriggerPart[] {
  return (['inline', 'beside'] as const).flatMap((state) =>
    triggersOf(state, 'announced').flatMap((sql) => {
      const [, name = ''] = /(?:FUNCTION \S+\."|TRIGGER )(?:zz_)?(\w+)/.exec(sql) ?? [];
      const isFunction = sql.startsWith('CREATE OR REPLACE FUNCTION');
      const found = (isFunction ? body : condition).exec(sql);
      if (found === null && (isFunction || sql.includes('WHEN'))) throw new Error(`Not understood: ${sql}`);
      const [text, inner] = found ?? [];
      if (text === undefined || inner === undefined) return [];
      const from = text.indexOf(inner);
      return [{ name: `trigger ${name}`, text, from, to: from + inner.length }];
    }),
  );
}
