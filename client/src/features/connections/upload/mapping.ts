import type { ColumnMeaning, ImportKind } from '../upload.generated.ts';

/** Meanings a column may have for a kind of file, in the order they are offered. */
export const meanings: Record<ImportKind, readonly ColumnMeaning[]> = {
  RECORDS: [
    'IGNORE',
    'DATE',
    'CHANNEL',
    'CAMPAIGN',
    'AD_GROUP',
    'AD',
    'REGION',
    'SPEND',
    'IMPRESSIONS',
    'CLICKS',
    'CONVERSIONS',
    'REVENUE',
    'CURRENCY',
  ],
  JOURNEYS: [
    'IGNORE',
    'PATH',
    'JOURNEY',
    'CHANNEL',
    'CAMPAIGN',
    'TOUCHED_AT',
    'CONVERTED_AT',
    'DAYS_BEFORE_CONVERSION',
    'CONVERSIONS',
    'REVENUE',
    'NULLS',
    'CURRENCY',
    'DATE',
  ],
};

const labels: Partial<Record<ColumnMeaning, string>> = {
  IGNORE: 'Leave out',
  PATH: 'Path (A > B > C)',
  NULLS: 'Journeys without conversion',
  JOURNEY: 'Journey or customer id',
  TOUCHED_AT: 'Time of the touch',
  CONVERTED_AT: 'Time of the conversion',
  DAYS_BEFORE_CONVERSION: 'Days before conversion',
  REVENUE: 'Revenue or value',
  REGION: 'Region or market',
};

/** A meaning in words. */
export function meaningLabel(meaning: ColumnMeaning): string {
  return labels[meaning] ?? (meaning[0]! + meaning.slice(1).toLowerCase()).replace('_', ' ');
}

interface Mapped {
  column: string;
  meaning: ColumnMeaning;
}

const figures: ColumnMeaning[] = ['SPEND', 'IMPRESSIONS', 'CLICKS', 'CONVERSIONS', 'REVENUE'];

function missingForRecords(has: (meaning: ColumnMeaning) => boolean, channel: string): string[] {
  const problems: string[] = [];
  if (!has('DATE')) problems.push('Choose the column with the day.');
  if (!has('CHANNEL') && !channel.trim())
    problems.push('Choose the column with the channel, or name one channel for all rows.');
  if (!figures.some(has)) problems.push('Choose at least one column with a figure, such as spend or revenue.');
  return problems;
}

function missingForJourneys(has: (meaning: ColumnMeaning) => boolean): string[] {
  if (has('PATH')) return has('JOURNEY') ? ['A file has either paths or one touch per row, not both.'] : [];
  if (!has('JOURNEY') && !has('CHANNEL'))
    return ['Choose the column with the path, or the columns with journey and channel.'];
  const problems: string[] = [];
  if (!has('JOURNEY')) problems.push('Choose the column that tells journeys apart.');
  if (!has('CHANNEL')) problems.push('Choose the column with the channel of each touch.');
  return problems;
}

/**
 * What keeps a mapping from being imported, in words; empty when nothing does. The server checks again: this only
 * spares a round trip.
 */
export function mappingProblems(kind: ImportKind, mapping: readonly Mapped[], channel: string): string[] {
  const counts = new Map<ColumnMeaning, number>();
  for (const { meaning } of mapping) counts.set(meaning, (counts.get(meaning) ?? 0) + 1);
  counts.delete('IGNORE');
  const twice = [...counts].flatMap(([meaning, count]) =>
    count > 1 ? [`${meaningLabel(meaning)} is chosen ${count} times.`] : [],
  );
  const has = (meaning: ColumnMeaning): boolean => counts.has(meaning);
  return [...twice, ...(kind === 'RECORDS' ? missingForRecords(has, channel) : missingForJourneys(has))];
}
