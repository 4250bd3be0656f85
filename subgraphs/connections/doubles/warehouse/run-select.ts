import { dayText } from '../../mock/calendar.pure.ts';
import type { Running } from '../kit/define-double.ts';
import { decimal } from '../truth/stable.pure.ts';
import { startOfDay } from '../truth/zone.pure.ts';
import type { AccountTruth } from '../truth/accounts.pure.ts';
import type { AdDay } from '../truth/ads-truth.ts';
import { warehouseLateDays, type StatementTruth, type WarehouseState } from './state.ts';

type Columns = StatementTruth['columns'];
type Value = string | bigint | number | null;

/** Why a statement is refused. */
export interface SqlProblem {
  problem: 'syntax' | 'missing' | 'column';
  message: string;
}

interface Item {
  column: string;
  alias: string;
  isSum: boolean;
}

const types: Record<string, Columns[number]['type']> = {
  DAY: 'date',
  CHANNEL: 'text',
  CAMPAIGN: 'text',
  AD_GROUP: 'text',
  AD: 'text',
  CURRENCY: 'text',
  SPEND: 'decimal',
  REVENUE: 'decimal',
  IMPRESSIONS: 'integer',
  CLICKS: 'integer',
  CONVERSIONS: 'integer',
  UPDATED_AT: 'text',
};

/** The table that a statement reads; null when it names none. */
export function tableOf(sql: string): string | null {
  const found = /FROM ((?:"[^"]+"|[\w$-]+)(?:\.(?:"[^"]+"|[\w$-]+))*)/i.exec(
    normal(sql).replace(/FROM \( ?SELECT \*/i, ''),
  );
  return found ? found[1]!.replaceAll('"', '') : null;
}

/**
 * Runs `SELECT … FROM table WHERE day BETWEEN a AND b [OR day IN (…)] GROUP BY 1, 2 ORDER BY 1, 2 [LIMIT n]`.
 * @param binds values in the order of their places
 */
export function runSelect(
  sql: string,
  binds: readonly string[],
  { state, clock, faults }: Running<WarehouseState>,
): Pick<StatementTruth, 'columns' | 'rows'> | SqlProblem {
  const text = normal(sql);
  const parts = /^SELECT (.+?) FROM .+?(?: GROUP BY ([\d, ]+?))?(?: ORDER BY [\d, ]+?)?(?: LIMIT (\d+))?$/i.exec(text);
  if (!parts)
    return { problem: 'syntax', message: `syntax error line 1 at position 0 unexpected '${text.slice(0, 12)}'.` };
  const items = itemsOf(parts[1]!);
  const unknown = items.find(({ column }) => !types[column]);
  if (unknown) return { problem: 'column', message: `invalid identifier '${unknown.column}'` };
  const name = tableOf(sql);
  const account = name === null ? undefined : state.truth.account(name);
  if (!account || account.kind === 'forbidden' || faults.forbidden.has(account.id))
    return { problem: 'missing', message: `Object '${name}' does not exist or not authorized.` };
  const columns = items.map(({ alias, column }) => ({ name: alias, type: types[column]! }));
  if (parts[3] === '0') return { columns, rows: [] };
  const days = daysOf(account, text, binds, state, clock.now());
  const rows = grouped(
    days.map((day) => rowOf(day, account, clock.now())),
    items,
  );
  return { columns, rows };
}

function normal(sql: string): string {
  return sql.replaceAll('`', '"').replaceAll(/\s+/g, ' ').trim();
}

function itemsOf(list: string): Item[] {
  return list.split(/, (?=CAST|SUM|")/).map((item) => {
    const [, sum, column, alias] = /^(SUM\(|CAST\()?"([^"]+)"(?: AS DATE)?\)?(?: AS "([^"]+)")?$/.exec(item) ?? [];
    const known = column?.toUpperCase() ?? item;
    return { column: known, alias: alias ?? known, isSum: sum === 'SUM(' };
  });
}

function daysOf(
  account: AccountTruth,
  text: string,
  binds: readonly string[],
  { truth }: WarehouseState,
  now: number,
): AdDay[] {
  const [from = '0000-01-01', to = '9999-12-31', changed] = binds;
  if (!/BETWEEN/.test(text)) return [];
  const within = truth.days(account, from, to);
  if (changed === undefined) return within;
  const since = Date.parse(changed);
  const earliest = dayText(Math.floor(since / 86_400_000) - warehouseLateDays - 1);
  const all = truth.days(account, earliest, from);
  return [...all.filter((day) => day.date < from && changedAt(day, account, now) >= since), ...within];
}

/** Rows change until a while after their day. */
function changedAt({ day }: AdDay, { timeZone }: AccountTruth, now: number): number {
  return Math.min(now, startOfDay(timeZone, day + warehouseLateDays));
}

function rowOf(day: AdDay, account: AccountTruth, now: number): Record<string, Value> {
  const { ad } = day;
  return {
    DAY: day.date,
    CHANNEL: ad.channel,
    CAMPAIGN: ad.parent!.parent!.name,
    AD_GROUP: ad.parent!.name,
    AD: ad.name,
    CURRENCY: account.currency,
    SPEND: day.spend,
    REVENUE: day.revenue,
    IMPRESSIONS: day.impressions,
    CLICKS: day.clicks,
    CONVERSIONS: day.conversions,
    UPDATED_AT: new Date(changedAt(day, account, now)).toISOString(),
  };
}

/** Adds up what has the same values in all columns that are no sums; like SQL, one row of nulls for no rows at all. */
function grouped(rows: readonly Record<string, Value>[], items: readonly Item[]): (string | null)[][] {
  const groups = new Map<string, Value[]>();
  for (const row of rows) {
    const key = items.map(({ column, isSum }) => (isSum ? '' : row[column])).join('\u0000');
    const sums = groups.get(key) ?? items.map(({ column, isSum }) => (isSum ? null : row[column]!));
    items.forEach(({ column, isSum }, index) => {
      if (isSum) sums[index] = plus(sums[index]!, row[column]!);
    });
    groups.set(key, sums);
  }
  if (groups.size === 0 && items.every(({ isSum }) => isSum)) return [items.map(() => null)];
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, values]) =>
      values.map((value) => (typeof value === 'bigint' ? decimal(value) : (value?.toString() ?? null))),
    );
}

function plus(sum: Value, value: Value): Value {
  if (sum === null) return value;
  return typeof sum === 'bigint' ? sum + (value as bigint) : Number(sum) + Number(value);
}
