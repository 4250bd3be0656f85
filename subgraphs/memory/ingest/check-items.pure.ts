import type { ItemColumns } from '@liftos/core/ports/memory.ts';
import { itemKinds } from '../items/item-kinds.pure.ts';
import {
  badRow,
  checkCounts,
  checkCurrencies,
  checkDays,
  checkLengths,
  checkRegions,
  checkSpend,
  checkText,
} from './check-columns.pure.ts';

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/** Refuses items that break an invariant with BAD_USER_INPUT naming the column and the row, from 1. */
export function checkItems(columns: ItemColumns): void {
  checkLengths(columns, columns.key.length);
  checkText('key', columns.key, true);
  checkUnique(columns.key);
  const strange = columns.kind.findIndex((kind) => !itemKinds.includes(kind));
  if (strange !== -1) throw badRow('kind', strange, `An item is one of ${itemKinds.join(', ')}.`);
  checkDays(columns.date, false);
  checkInstants('occurredAt', columns.occurredAt, false);
  checkInstants('updatedAt', columns.updatedAt, true);
  checkNames(columns);
  checkCurrencies(columns.currency);
  checkSpend(columns.spend);
  checkCounts('impressions', columns.impressions);
  checkCounts('clicks', columns.clicks);
  // An item may take back the conversion of another.
  const endless = columns.conversions.findIndex((value) => !Number.isFinite(value));
  if (endless !== -1) throw badRow('conversions', endless, 'Conversions are a number.');
  checkDetails(columns.details);
  checkRegions(columns.region);
}

function checkUnique(keys: readonly string[]): void {
  const seen = new Set<string>();
  keys.forEach((key, index) => {
    if (seen.has(key)) throw badRow('key', index, 'A key stands once in a batch.');
    seen.add(key);
  });
}

function checkInstants(name: string, times: readonly (string | null)[], mayLack: boolean): void {
  const bad = times.findIndex((time) =>
    time === null ? !mayLack : !instant.test(time) || !(Date.parse(time) > -6e13),
  );
  if (bad !== -1) throw badRow(name, bad, 'A time is written in ISO 8601 with its zone.');
}

function checkNames(columns: ItemColumns): void {
  const unnamed = columns.channel.indexOf('');
  if (unnamed !== -1) throw badRow('channel', unnamed, 'A channel has a name.');
  for (const name of ['channel', 'campaign', 'adGroup', 'ad'] as const) checkText(name, columns[name], false);
}

function checkDetails(details: readonly string[]): void {
  checkText('details', details, true);
  const bad = details.findIndex((text) => !isJsonObject(text));
  if (bad !== -1) throw badRow('details', bad, 'Details are a JSON object.');
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
