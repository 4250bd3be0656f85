import { parse } from 'csv-parse/sync';
import { detectDelimiter, detectLineEnd } from './detect-delimiter.pure.ts';
import type { EncodingGuess } from './detect-encoding.pure.ts';
import {
  currencyInName,
  guessKind,
  guessMeanings,
  mappingProblems,
  type Kind,
  type Meaning,
} from './guess-meaning.pure.ts';
import type { FileLayout } from './import-plan.pure.ts';
import { detectDateFormat, type DateEvidence, type DateFormat } from './parse-date.pure.ts';
import { detectDecimal, type DecimalEvidence, type DecimalSeparator } from './parse-number.pure.ts';

/** Columns beyond this many are no table of figures. */
export const mostColumns = 1000;
/** Lines in which the header is looked for; ad platforms put a title and a period above it. */
const titleLines = 10;

export interface Analysis {
  layout: FileLayout;
  names: string[];
  meanings: Meaning[];
  kind: Kind;
  decimal: DecimalSeparator;
  dateFormat: DateFormat | null;
  /** The currency the names of money columns carry. */
  currency: string | null;
  /** Rows of the sample. */
  rows: string[][];
  /** What stands in the way of an import. */
  problems: string[];
  /** What a person should know, but what does not stand in the way. */
  notes: string[];
}

interface SampleRecord {
  record: string[];
  info: { lines: number };
}

/** Find out what a file is from its first megabyte of text, which must end with a whole line unless it is all. */
export function analyzeSample(text: string, encoding: EncodingGuess): Analysis {
  const delimiter = detectDelimiter(text);
  const lineEnd = detectLineEnd(text);
  const records = parseSample(text, delimiter, lineEnd);
  const headerAt = findHeader(records.map(({ record }) => record));
  const header = records[headerAt];
  const layout = { ...encoding, delimiter, lineEnd, headerLine: header?.info.lines ?? 1 };
  if (!header || header.record.length > mostColumns) {
    const problem = header ? `The file has more than ${mostColumns} columns.` : 'The file is empty.';
    return { ...nothing, layout, problems: [problem] };
  }
  const names = uniqueNames(header.record);
  const rows = records.slice(headerAt + 1).map(({ record }) => record);
  return describe(layout, names, rows);
}

const nothing = {
  names: [],
  meanings: [],
  kind: 'RECORDS',
  decimal: '.',
  dateFormat: null,
  currency: null,
  rows: [],
  notes: [],
} satisfies Omit<Analysis, 'layout' | 'problems'>;

function describe(layout: FileLayout, names: string[], rows: string[][]): Analysis {
  const meanings = guessMeanings(
    names.map((name, index) => ({ name, values: rows.slice(0, 50).map((row) => row[index] ?? '') })),
  );
  const kind = guessKind(meanings);
  const { dates, numbers } = formatsOf(rows, meanings, layout.delimiter);
  const problems = mappingProblems(kind, meanings, false);
  if (rows.length === 0) problems.push('The file has a header and no rows.');
  if (numbers.mixed) problems.push('Some numbers have a decimal point and others a decimal comma.');
  if (dates.format === null && holdsDates(meanings) && rows.length > 0) {
    problems.push('The dates have none of the forms that are read.');
  }
  const currencies = names.filter((_, index) => moneyMeanings.has(meanings[index]!)).map(currencyInName);
  return {
    layout,
    names,
    meanings,
    kind,
    decimal: numbers.separator,
    dateFormat: dates.format,
    currency: currencies.find((code) => code !== null) ?? null,
    rows,
    problems,
    notes: [...dateNotes(dates), ...unknownNotes(names, meanings)],
  };
}

const numeric = new Set<Meaning>([
  'SPEND',
  'IMPRESSIONS',
  'CLICKS',
  'CONVERSIONS',
  'REVENUE',
  'NULLS',
  'DAYS_BEFORE_CONVERSION',
]);
const dated = new Set<Meaning>(['DATE', 'TOUCHED_AT', 'CONVERTED_AT']);
const moneyMeanings = new Set<Meaning>(['SPEND', 'REVENUE']);

function parseSample(text: string, delimiter: string, lineEnd: string): SampleRecord[] {
  return parse(text, {
    delimiter,
    record_delimiter: lineEnd === '\r' ? ['\r'] : ['\r\n', '\n'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    info: true,
  }) as unknown as SampleRecord[];
}

/** The first of the opening lines that has as many cells as most lines have. */
function findHeader(records: readonly string[][]): number {
  const counts = new Map<number, number>();
  for (const record of records.slice(0, 100)) counts.set(record.length, (counts.get(record.length) ?? 0) + 1);
  const usual = [...counts].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0];
  const at = records.slice(0, titleLines).findIndex((record) => record.length === usual);
  return Math.max(0, at);
}

function uniqueNames(header: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return header.map((cell, index) => {
    const name = cell.trim().replaceAll('\u0000', '\u2400').toWellFormed() || `Column ${index + 1}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

function cellsOf(rows: readonly string[][], meanings: readonly Meaning[], wanted: ReadonlySet<Meaning>): string[] {
  const columns = meanings.flatMap((meaning, index) => (wanted.has(meaning) ? [index] : []));
  return rows.flatMap((row) => columns.map((index) => row[index] ?? ''));
}

/** The form of numbers and dates in the columns that hold them. */
export function formatsOf(
  rows: readonly string[][],
  meanings: readonly Meaning[],
  delimiter: string,
): { numbers: DecimalEvidence; dates: DateEvidence } {
  return {
    numbers: detectDecimal(cellsOf(rows, meanings, numeric), delimiter === ';' ? ',' : '.'),
    dates: detectDateFormat(cellsOf(rows, meanings, dated)),
  };
}

/** Whether a mapping needs to know how dates are written. */
export function holdsDates(meanings: readonly Meaning[]): boolean {
  return meanings.some((meaning) => dated.has(meaning));
}

function dateNotes({ format, share, rivals }: DateEvidence): string[] {
  if (!format) return [];
  const notes = rivals.length > 0 ? [`The dates could also be ${rivals.join(' or ')}; taken for ${format}.`] : [];
  if (share < 1)
    notes.push(`${((1 - share) * 100).toFixed(1)} % of the first dates are no days in the form ${format}.`);
  return notes;
}

function unknownNotes(names: readonly string[], meanings: readonly Meaning[]): string[] {
  const unknown = names.filter((_, index) => meanings[index] === 'IGNORE');
  return unknown.length > 0 ? [`Left out, as their meaning is unknown: ${unknown.slice(0, 50).join(', ')}.`] : [];
}
