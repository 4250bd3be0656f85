import { badInput } from '@liftos/core/errors.ts';
import { isDay } from '@liftos/core/graphql/scalars.ts';

/** Checks of single columns. Each throws BAD_USER_INPUT naming the column and the row, from 1. */

const currencyCode = /^[A-Z]{3}$/;

/** Columns that are absent are not checked. */
export function checkLengths(columns: object, rows: number): void {
  for (const [name, column] of Object.entries(columns) as [string, ArrayLike<unknown> | undefined][]) {
    if (column && column.length !== rows) throw badInput(name, 'All columns have the same length.');
  }
}

export function checkDays(days: readonly (string | null)[], mayLack: boolean): void {
  const good = new Set<string | null>(mayLack ? [null] : []);
  days.forEach((day, index) => {
    if (good.has(day)) return;
    if (day === null || !isDay(day)) throw badRow('date', index, 'A date is a day written YYYY-MM-DD.');
    good.add(day);
  });
}

export function checkText(name: string, texts: readonly (string | null)[], needed: boolean): void {
  const bad = texts.findIndex((text) => (text === null || text === '' ? needed : text.includes('\0')));
  if (bad !== -1) throw badRow(name, bad, needed ? 'A text is needed, without NUL.' : 'A text holds no NUL.');
}

export function checkRegions(regions: readonly (string | null)[] | undefined): void {
  if (!regions) return;
  const unnamed = regions.indexOf('');
  if (unnamed !== -1) throw badRow('region', unnamed, 'A region has a name, or is null for all of them.');
  checkText('region', regions, false);
}

export function checkCurrencies(codes: readonly string[]): void {
  const bad = codes.findIndex((code, index) => code !== codes[index - 1] && !currencyCode.test(code));
  if (bad !== -1) throw badRow('currency', bad, 'A currency is a code of three letters such as EUR.');
}

export function checkCounts(name: string, values: Float64Array): void {
  const bad = values.findIndex((value) => !(value >= 0 && value < Infinity));
  if (bad !== -1) throw badRow(name, bad, 'A count is a number and not negative.');
}

export function checkSpend(values: BigInt64Array): void {
  const bad = values.findIndex((value) => value < 0n);
  if (bad !== -1) throw badRow('spend', bad, 'Spend is not negative.');
}

export function badRow(field: string, index: number, message: string): Error {
  return badInput(field, message, { row: index + 1 });
}
