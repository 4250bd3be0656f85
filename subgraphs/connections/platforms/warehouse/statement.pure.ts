import { AppError } from '@liftos/core/errors.ts';
import { addDays, dayIn } from '../../sync/plan-slices.pure.ts';
import type { Values } from '../auth-method.ts';
import type { Slice } from '../connector.ts';

/** How a warehouse writes what others write differently. */
export interface Dialect {
  /** A name of a table or column, quoted so that it can be nothing else. */
  quote(name: string): string;
  /** The place of a bound value; the n-th of the statement, from 1. */
  place(type: 'DATE' | 'TIMESTAMP', n: number): string;
}

/** A value that is sent beside the statement and never part of it. */
export interface Bind {
  type: 'DATE' | 'TIMESTAMP';
  value: string;
}

export interface Statement {
  sql: string;
  binds: readonly Bind[];
}

/** Columns by which rows are told apart, and those that are added up, by the names they have in answers. */
const dimensions = ['channel', 'campaign', 'adGroup', 'ad', 'region', 'currency'] as const;
const figures = ['spend', 'impressions', 'clicks', 'conversions', 'revenue'] as const;

/** What stands for the query where a table could; no table can be called so. */
const ownQuery = '(query)';

/** Each table is read on its own; a query stands for one. Throws BAD_USER_INPUT when neither is given. */
export function sourcesOf({ tables = '', query = '' }: Values): string[] {
  const names = tables.split(',').map((name) => name.trim());
  const given = names.filter((name) => name !== '');
  if (given.length > 0) return [...new Set(given)];
  if (query.trim() !== '') return [ownQuery];
  throw new AppError('BAD_USER_INPUT', 'Name a table, or write a query.', { field: 'tables' });
}

/** Sums by day, channel and campaign, so that rows of one key never replace each other. */
export function factsStatement(slice: Slice, dialect: Dialect): Statement {
  const { settings } = slice;
  const kept = dimensions.filter((name) => settings[`${name}Column`]);
  const columns = kept.map((name) => `${columnOf(settings, name, dialect)} AS ${dialect.quote(`"${name}"`)}`);
  const keys = [dayOf(settings, dialect), ...kept].map((_, index) => index + 1).join(', ');
  const day = `${dayOf(settings, dialect)} AS ${dialect.quote('"date"')}`;
  const { condition, binds } = windowOf(slice, dialect);
  const lines = [
    `SELECT ${[day, ...columns, ...sumsOf(settings, dialect)].join(', ')}`,
    `FROM ${fromOf(settings, slice.account.id, dialect)}`,
    `WHERE ${condition}`,
    `GROUP BY ${keys}`,
    `ORDER BY ${keys}`,
  ];
  return { sql: lines.join('\n'), binds };
}

/** Sums over everything that `factsStatement` reads. */
export function totalsStatement(slice: Slice, dialect: Dialect): Statement {
  const { settings } = slice;
  const { condition, binds } = windowOf(slice, dialect);
  const sums = sumsOf(settings, dialect).join(', ') || `COUNT(*) AS ${dialect.quote('"rows"')}`;
  const sql = `SELECT ${sums}\nFROM ${fromOf(settings, slice.account.id, dialect)}\nWHERE ${condition}`;
  return { sql, binds };
}

/** Reads no row, but fails as the real one would when the source or a column is not there. */
export function probeStatement(settings: Values, source: string, dialect: Dialect): Statement {
  const names = ['date', ...dimensions, ...figures, 'updated'].filter((name) => settings[`${name}Column`]);
  const columns = names.map((name) => columnOf(settings, name, dialect)).join(', ');
  return { sql: `SELECT ${columns}\nFROM ${fromOf(settings, source, dialect)}\nLIMIT 0`, binds: [] };
}

function sumsOf(settings: Values, dialect: Dialect): string[] {
  const mapped = figures.filter((name) => settings[`${name}Column`]);
  return mapped.map((name) => `SUM(${columnOf(settings, name, dialect)}) AS ${dialect.quote(`"${name}"`)}`);
}

function columnOf(settings: Values, name: string, dialect: Dialect): string {
  return dialect.quote(settings[`${name}Column`] ?? '');
}

function dayOf(settings: Values, dialect: Dialect): string {
  return `CAST(${columnOf(settings, 'date', dialect)} AS DATE)`;
}

/** A query is read from as if it were a table, so it cannot do anything but select. */
function fromOf(settings: Values, source: string, dialect: Dialect): string {
  if (source === ownQuery)
    return `(\n${(settings['query'] ?? '').replace(/;\s*$/, '')}\n) AS ${dialect.quote('"source"')}`;
  return partsOf(source)
    .map((part) => dialect.quote(part))
    .join('.');
}

/** `a."b.c".d` in its parts. */
export function partsOf(table: string): string[] {
  return table.match(/"[^"]+"|[^."]+/g) ?? [];
}

/**
 * The days of the slice. With the newest of them come older days of which rows have changed since it began: what was
 * corrected long after its day is not missed.
 */
function windowOf(slice: Slice, dialect: Dialect): { condition: string; binds: Bind[] } {
  const { settings, from, to, since } = slice;
  const day = dayOf(settings, dialect);
  const binds: Bind[] = [
    { type: 'DATE', value: from },
    { type: 'DATE', value: to },
  ];
  const within = `${day} BETWEEN ${dialect.place('DATE', 1)} AND ${dialect.place('DATE', 2)}`;
  const isNewest = to >= addDays(dayIn(slice.now, slice.account.timeZone), -1);
  if (!settings['updatedColumn'] || !isNewest) return { condition: within, binds };
  const source = fromOf(settings, slice.account.id, dialect);
  const changed = `${columnOf(settings, 'updated', dialect)} >= ${dialect.place('TIMESTAMP', 3)}`;
  return {
    condition: `${within} OR ${day} IN (SELECT ${day} FROM ${source} WHERE ${changed})`,
    binds: [...binds, { type: 'TIMESTAMP', value: since.toISOString() }],
  };
}
