import { literal, quote } from '../layout/identifiers.ts';
import type { Layout } from '../layout/layout.ts';
import { startsAnew } from '../store/fragments.ts';
import { triggerName } from './trigger-names.ts';

interface Trigger {
  readonly purpose: string;
  readonly table: string;
  readonly event:
    | 'BEFORE INSERT'
    | 'BEFORE UPDATE'
    | 'AFTER INSERT'
    | 'AFTER UPDATE'
    | 'AFTER DELETE'
    | 'AFTER TRUNCATE';
  readonly when?: string;
  readonly body: readonly string[];
}

/** What the catalog knows of generated columns: a trigger before the write sees those that they are computed from. */
export interface TriggerSources {
  /** Of the watched columns and the id: an order under another id is one that changed. */
  readonly watched: readonly string[];
  readonly rank: readonly string[];
}

export function plainSources({ watched, columns }: Layout): TriggerSources {
  return { watched: [...new Set([columns.orderId, ...watched])], rank: [columns.rank] };
}

function functionName({ orders, ordersName }: Layout, purpose: string): string {
  const schema = orders.includes('.') ? `${orders.split('.')[0]}.` : '';
  return `${schema}${quote(`cbb_sync_${purpose}_${ordersName}`)}`;
}

const changed = (columns: readonly string[]) =>
  columns.map((column) => `OLD.${column} IS DISTINCT FROM NEW.${column}`).join('\n  OR ');

/** Columns of a new row whose work starts anew; the version rises once, however many triggers see the change. */
function anew({ columns: c }: Layout, crashes: string): string[] {
  return [
    `NEW.${c.status} := 'pending';`,
    `NEW.${c.dueAt} := now();`,
    `NEW.${c.claimedUntil} := NULL;`,
    `NEW.${c.version} := OLD.${c.version} + 1;`,
    `NEW.${c.attempts} := 0;`,
    `NEW.${c.crashes} := ${crashes};`,
    `NEW.${c.failingSince} := NULL;`,
    `NEW.${c.error} := NULL;`,
    'RETURN NEW;',
  ];
}

/** A row that somebody sets to `pending`, and no more, is due now; the sync's own statements set the time with it. */
function handTrigger(layout: Layout): Trigger {
  const { columns: c, state } = layout;
  return {
    purpose: 'hand',
    table: state,
    event: 'BEFORE UPDATE',
    when: `NEW.${c.status} = 'pending' AND OLD.${c.status} IS DISTINCT FROM 'pending'
  AND NEW.${c.dueAt} IS NOT DISTINCT FROM OLD.${c.dueAt}`,
    body: anew(layout, `CASE WHEN OLD.${c.status} = 'syncing' THEN OLD.${c.crashes} ELSE 0 END`),
  };
}

function inlineTriggers(layout: Layout, sources: TriggerSources): Trigger[] {
  const { orders, columns: c } = layout;
  return [
    {
      purpose: 'arm',
      table: orders,
      event: 'BEFORE INSERT',
      when: `NEW.${c.status} IS NULL OR NEW.${c.status} = 'pending'`,
      body: [`NEW.${c.status} := 'pending';`, `NEW.${c.dueAt} := now();`, 'RETURN NEW;'],
    },
    {
      purpose: 'rearm',
      table: orders,
      event: 'BEFORE UPDATE',
      // History stays history.
      when: `OLD.${c.status} IS NOT NULL AND (${changed(sources.watched)})`,
      body: anew(layout, '0'),
    },
    handTrigger(layout),
    {
      purpose: 'rank',
      table: orders,
      event: 'BEFORE UPDATE',
      when: changed(sources.rank),
      body: [`NEW.${c.firstRank} := COALESCE(OLD.${c.firstRank}, OLD.${c.rank});`, 'RETURN NEW;'],
    },
  ];
}

function besideTriggers(layout: Layout): Trigger[] {
  const { orders, state, key, columns: c, watched } = layout;
  const columns = [key, c.firstRank, c.status, c.dueAt].join(', ');
  return [
    {
      purpose: 'arm',
      table: orders,
      event: 'AFTER INSERT',
      body: [
        `INSERT INTO ${state} (${columns}) VALUES (NEW.${c.orderId}, NEW.${c.rank}, 'pending', now())`,
        'ON CONFLICT DO NOTHING;',
        'RETURN NULL;',
      ],
    },
    {
      purpose: 'rearm',
      table: orders,
      event: 'AFTER UPDATE',
      when: changed([...new Set([c.orderId, ...watched])]),
      // History has no row, and stays history.
      body: [
        `UPDATE ${state} s SET ${key} = NEW.${c.orderId}, ${c.version} = s.${c.version} + 1, ${startsAnew(layout)}`,
        `WHERE s.${key} = OLD.${c.orderId};`,
        'RETURN NULL;',
      ],
    },
    {
      purpose: 'forget',
      table: orders,
      event: 'AFTER DELETE',
      body: [`DELETE FROM ${state} s WHERE s.${key} = OLD.${c.orderId};`, 'RETURN NULL;'],
    },
    {
      purpose: 'empty',
      table: orders,
      event: 'AFTER TRUNCATE',
      body: [`DELETE FROM ${state};`, 'RETURN NULL;'],
    },
    handTrigger(layout),
    {
      purpose: 'hand_insert',
      table: state,
      event: 'BEFORE INSERT',
      when: `NEW.${c.status} = 'pending' AND NEW.${c.dueAt} IS NULL`,
      body: [
        `NEW.${c.dueAt} := now();`,
        `NEW.${c.firstRank} := (SELECT o.${c.rank} FROM ${orders} o WHERE o.${c.orderId} = NEW.${key});`,
        'RETURN NEW;',
      ],
    },
  ];
}

/** Announcements come after the write, when generated ids are there. */
function announcements({ state, key, columns: c }: Layout, channel: string): Trigger[] {
  const body = [`PERFORM pg_notify(${literal(channel)}, NEW.${key}::text);`, 'RETURN NULL;'];
  const pending = `NEW.${c.status} = 'pending'`;
  return [
    { purpose: 'announce', table: state, event: 'AFTER INSERT', when: pending, body },
    {
      purpose: 'announce_again',
      table: state,
      event: 'AFTER UPDATE',
      // Whatever raises the version makes the order pending.
      when: `NEW.${c.version} <> OLD.${c.version}`,
      body,
    },
  ];
}

function createSql(layout: Layout, { purpose, table, event, when, body }: Trigger): string[] {
  // What is beside belongs to the sync: the host's role needs no right to it.
  const definer = layout.beside ? ' SECURITY DEFINER' : '';
  return [
    `CREATE OR REPLACE FUNCTION ${functionName(layout, purpose)}() RETURNS trigger
LANGUAGE plpgsql${definer} SET search_path = '' AS $body$
BEGIN
${body.map((line) => `  ${line}`).join('\n')}
END
$body$`,
    `DROP TRIGGER IF EXISTS ${triggerName(purpose)} ON ${table}`,
    `CREATE TRIGGER ${triggerName(purpose)} ${event} ON ${table} FOR EACH ${event === 'AFTER TRUNCATE' ? 'STATEMENT' : 'ROW'}${when === undefined ? '' : `\nWHEN (${when})`}
EXECUTE FUNCTION ${functionName(layout, purpose)}()`,
  ];
}

/** Makes new orders, and orders of which a watched column changed, pending and due; in the host's transaction. */
export function triggerSql(layout: Layout, sources: TriggerSources): string[] {
  const triggers = layout.beside ? besideTriggers(layout) : inlineTriggers(layout, sources);
  const { notifyChannel, state } = layout;
  const silent = ['announce', 'announce_again'].map(
    (purpose) => `DROP TRIGGER IF EXISTS ${triggerName(purpose)} ON ${state}`,
  );
  const announcing = notifyChannel === null ? [] : announcements(layout, notifyChannel);
  return [
    ...triggers.flatMap((trigger) => createSql(layout, trigger)),
    ...(notifyChannel === null ? silent : []),
    ...announcing.flatMap((trigger) => createSql(layout, trigger)),
  ];
}

/** Every trigger and function that may be there, for their removal. */
export function dropTriggersSql(layout: Layout): string[] {
  const purposes = [
    'arm',
    'rearm',
    'hand',
    'hand_insert',
    'rank',
    'forget',
    'empty',
    'announce',
    'announce_again',
  ];
  const tables = [...new Set([layout.orders, layout.state])];
  return purposes.flatMap((purpose) => [
    ...tables.map((table) => `DROP TRIGGER IF EXISTS ${triggerName(purpose)} ON ${table}`),
    `DROP FUNCTION IF EXISTS ${functionName(layout, purpose)}()`,
  ]);
}
