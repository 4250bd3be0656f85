import type { ItemColumns, RecordColumns } from '@liftos/core/ports/memory.ts';
import { isCurrencyCode } from '../csv/currency.pure.ts';
import { journeyColumns, type Journey } from '../csv/journey-columns.pure.ts';
import { parseDay } from '../csv/parse-date.pure.ts';
import type { ReadColumns } from '../csv/reader.pure.ts';
import type { RowErrorCode } from '../csv/row-errors.pure.ts';
import type { Account, Entity, Fact, Item, Mapped } from '../platforms/connector.ts';
import { dayIn } from '../sync/plan-slices.pure.ts';

/** Why a row is put aside. */
export interface Refusal {
  column: string;
  code: RowErrorCode;
  message: string;
  value: string | null;
}

/** Collects what rows of one page become, in canonical columns. */
export class MappedColumns {
  readonly #account: Account;
  readonly #facts = new Map<string, Fact>();
  readonly #items = new Map<string, Item & { date: string }>();
  readonly #journeys = new Map<string, Journey>();
  readonly entities: Entity[] = [];

  constructor(account: Account) {
    this.#account = account;
  }

  /** Takes in what one row became, all of it or nothing; says why not. Rows of one key replace each other. */
  add(mapped: Mapped): Refusal | null {
    const items = (mapped.items ?? []).map((item) => this.#dated(item));
    const broken = firstBroken(mapped.facts ?? [], brokenFact) ?? firstBroken(items, brokenItem);
    if (broken) return broken;
    for (const fact of mapped.facts ?? []) this.#facts.set(factKey(fact), fact);
    for (const item of items) this.#items.set(item.key, item);
    for (const journey of mapped.journeys ?? []) this.#journeys.set(journey.key, journey);
    this.entities.push(...(mapped.entities ?? []));
    return null;
  }

  #dated(item: Item): Item & { date: string } {
    const valid = !Number.isNaN(item.occurredAt.getTime());
    return { ...item, date: item.date ?? (valid ? dayIn(item.occurredAt, this.#account.timeZone) : '') };
  }

  /** Everything as batches for memory; kinds without rows are left out. */
  batches(): ReadColumns[] {
    const batches: ReadColumns[] = [];
    const { currency } = this.#account;
    if (this.#facts.size > 0)
      batches.push({ kind: 'records', columns: factColumns([...this.#facts.values()], currency) });
    if (this.#items.size > 0)
      batches.push({ kind: 'items', columns: itemColumns([...this.#items.values()], currency) });
    if (this.#journeys.size > 0)
      batches.push({ kind: 'journeys', columns: journeyColumns([...this.#journeys.values()]) });
    return batches;
  }
}

/** What a fact replaces when it comes again. */
export function factKey(fact: Fact): string {
  return `${fact.date}\u0000${fact.entity}${fact.region ? `\u0000${fact.region}` : ''}`;
}

function firstBroken<T>(rows: readonly T[], check: (row: T) => Refusal | null): Refusal | null {
  for (const row of rows) {
    const broken = check(row);
    if (broken) return broken;
  }
  return null;
}

const counts = ['impressions', 'clicks', 'conversions'] as const;

function brokenFact(fact: Fact): Refusal | null {
  if (fact.channel.trim() === '') return refusal('channel', 'MISSING', fact.channel);
  if (fact.spend < 0n) return refusal('spend', 'NEGATIVE', String(fact.spend));
  if (fact.conversions < 0) return refusal('conversions', 'NEGATIVE', String(fact.conversions));
  return brokenDay(fact.date) ?? brokenCurrency(fact.currency) ?? brokenCounts(fact) ?? brokenText(fact);
}

function brokenItem(item: Item & { date: string }): Refusal | null {
  if (Number.isNaN(item.occurredAt.getTime())) return refusal('occurredAt', 'NOT_A_DATE', null);
  if (item.updatedAt && Number.isNaN(item.updatedAt.getTime())) return refusal('updatedAt', 'NOT_A_DATE', null);
  if (item.key === '') return refusal('key', 'MISSING', '');
  if ((item.spend ?? 0n) < 0n) return refusal('spend', 'NEGATIVE', String(item.spend));
  return brokenDay(item.date) ?? brokenCurrency(item.currency) ?? brokenCounts(item) ?? brokenText(item);
}

function brokenDay(date: string): Refusal | null {
  const day = parseDay(date, 'YYYY-MM-DD');
  return day.ok ? null : refusal('date', day.problem, date);
}

function brokenCurrency(currency: string | undefined): Refusal | null {
  return currency === undefined || isCurrencyCode(currency) ? null : refusal('currency', 'BAD_CURRENCY', currency);
}

function brokenCounts(row: Partial<Record<(typeof counts)[number], number>>): Refusal | null {
  const wrong = counts.find((name) => !Number.isFinite(row[name] ?? 0));
  if (wrong) return refusal(wrong, 'NOT_A_NUMBER', String(row[wrong]));
  const negative = counts.find((name) => (row[name] ?? 0) < 0 && name !== 'conversions');
  return negative ? refusal(negative, 'NEGATIVE', String(row[negative])) : null;
}

const texts = ['channel', 'campaign', 'adGroup', 'ad', 'region', 'key', 'entity'] as const;

function brokenText(row: Partial<Record<(typeof texts)[number], string | null>>): Refusal | null {
  const bad = texts.find((name) => row[name]?.includes('\u0000') || row[name]?.isWellFormed() === false);
  return bad ? refusal(bad, 'BAD_CHARACTER', row[bad]!.replaceAll('\u0000', '\u2400').toWellFormed()) : null;
}

function refusal(column: string, code: RowErrorCode, value: string | null): Refusal {
  return {
    column,
    code,
    message: `The platform sent a ${column} that cannot be.`,
    value: value?.slice(0, 200) ?? null,
  };
}

function factColumns(rows: readonly Fact[], currency: string): RecordColumns {
  return {
    date: rows.map(({ date }) => date),
    channel: rows.map(({ channel }) => channel),
    campaign: rows.map(({ campaign }) => campaign),
    adGroup: rows.map(({ adGroup }) => adGroup),
    ad: rows.map(({ ad }) => ad),
    currency: rows.map((row) => row.currency ?? currency),
    spend: BigInt64Array.from(rows.map(({ spend }) => spend)),
    impressions: Float64Array.from(rows, ({ impressions }) => impressions),
    clicks: Float64Array.from(rows, ({ clicks }) => clicks),
    conversions: Float64Array.from(rows, ({ conversions }) => conversions),
    revenue: BigInt64Array.from(rows.map(({ revenue }) => revenue)),
    entity: rows.map(({ entity }) => entity),
    ...regionColumn(rows),
  };
}

/** No column where no row names a market. */
function regionColumn(rows: readonly { region?: string | null }[]): Pick<RecordColumns, 'region'> {
  return rows.some(({ region }) => region) ? { region: rows.map(({ region }) => region || null) } : {};
}

function itemColumns(rows: readonly (Item & { date: string })[], currency: string): ItemColumns {
  return {
    key: rows.map(({ key }) => key),
    kind: rows.map(({ kind }) => kind),
    date: rows.map(({ date }) => date),
    occurredAt: rows.map(({ occurredAt }) => occurredAt.toISOString()),
    updatedAt: rows.map(({ updatedAt }) => updatedAt?.toISOString() ?? null),
    deleted: Uint8Array.from(rows, ({ deleted }) => (deleted ? 1 : 0)),
    channel: rows.map(({ channel }) => channel),
    campaign: rows.map(({ campaign }) => campaign ?? null),
    adGroup: rows.map(({ adGroup }) => adGroup ?? null),
    ad: rows.map(({ ad }) => ad ?? null),
    currency: rows.map((row) => row.currency ?? currency),
    spend: BigInt64Array.from(rows.map(({ spend }) => spend ?? 0n)),
    impressions: Float64Array.from(rows, ({ impressions }) => impressions ?? 0),
    clicks: Float64Array.from(rows, ({ clicks }) => clicks ?? 0),
    conversions: Float64Array.from(rows, ({ conversions }) => conversions ?? 0),
    revenue: BigInt64Array.from(rows.map(({ revenue }) => revenue ?? 0n)),
    details: rows.map(({ details }) => JSON.stringify(details).toWellFormed()),
    ...regionColumn(rows),
  };
}
