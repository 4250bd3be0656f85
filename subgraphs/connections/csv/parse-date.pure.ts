/** The forms of dates that are read; times behind them are allowed. */
export const dateFormats = [
  'YYYY-MM-DD',
  'YYYY/MM/DD',
  'YYYYMMDD',
  'DD.MM.YYYY',
  'DD/MM/YYYY',
  'MM/DD/YYYY',
  'DD-MM-YYYY',
  'MM-DD-YYYY',
] as const;

export type DateFormat = (typeof dateFormats)[number];

export type DateProblem = 'NOT_A_DATE' | 'IMPOSSIBLE_DATE';

export type Parsed = { ok: true; value: number } | { ok: false; problem: DateProblem };

const dayMs = 86_400_000;
const timeOfDay = String.raw`(?:(?:T|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(AM|PM|am|pm)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?$`;
const yearFirst = (mark: string): RegExp =>
  new RegExp(String.raw`^(\d{4})${mark}(\d{1,2})${mark}(\d{1,2})` + timeOfDay);
const yearLast = (mark: string): RegExp => new RegExp(String.raw`^(\d{1,2})${mark}(\d{1,2})${mark}(\d{4})` + timeOfDay);

/** Seconds or milliseconds since 1970. */
const epoch = /^\d{10}(?:\d{3})?$/;

type Order = 'YMD' | 'DMY' | 'MDY';
const shapes: Record<DateFormat, { pattern: RegExp; order: Order }> = {
  'YYYY-MM-DD': { pattern: yearFirst('-'), order: 'YMD' },
  'YYYY/MM/DD': { pattern: yearFirst('/'), order: 'YMD' },
  YYYYMMDD: { pattern: new RegExp(String.raw`^(\d{4})(\d{2})(\d{2})` + timeOfDay), order: 'YMD' },
  'DD.MM.YYYY': { pattern: yearLast(String.raw`\.`), order: 'DMY' },
  'DD/MM/YYYY': { pattern: yearLast('/'), order: 'DMY' },
  'MM/DD/YYYY': { pattern: yearLast('/'), order: 'MDY' },
  'DD-MM-YYYY': { pattern: yearLast('-'), order: 'DMY' },
  'MM-DD-YYYY': { pattern: yearLast('-'), order: 'MDY' },
};

export function isDateFormat(text: string): text is DateFormat {
  return (dateFormats as readonly string[]).includes(text);
}

/** Read the calendar day of a cell as days since 1970-01-01; a time behind it is dropped, not shifted into a zone. */
export function parseDay(text: string, format: DateFormat): Parsed {
  const match = shapes[format].pattern.exec(text.trim());
  return match ? dayOf(match, shapes[format].order) : { ok: false, problem: 'NOT_A_DATE' };
}

/** Read an instant as milliseconds since 1970 in UTC; a cell without a zone is taken as UTC, without a time as midnight. */
export function parseInstant(text: string, format: DateFormat): Parsed {
  const trimmed = text.trim();
  if (epoch.test(trimmed)) return { ok: true, value: Number(trimmed) * (trimmed.length === 10 ? 1000 : 1) };
  const match = shapes[format].pattern.exec(trimmed);
  if (!match) return { ok: false, problem: 'NOT_A_DATE' };
  const day = dayOf(match, shapes[format].order);
  if (!day.ok) return day;
  const time = timeOf(match);
  return time === null ? { ok: false, problem: 'IMPOSSIBLE_DATE' } : { ok: true, value: day.value * dayMs + time };
}

function dayOf(match: RegExpExecArray, order: Order): Parsed {
  const [first, second, third] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const year = order === 'YMD' ? first : third;
  const month = order === 'MDY' ? first : second;
  const day = order === 'YMD' ? third : order === 'DMY' ? first : second;
  const time = Date.UTC(year, month - 1, day);
  const real = new Date(time);
  const exists = real.getUTCMonth() === month - 1 && real.getUTCDate() === day && real.getUTCFullYear() === year;
  if (!exists || year < 1970 || year > 2100 || timeOf(match) === null) return { ok: false, problem: 'IMPOSSIBLE_DATE' };
  return { ok: true, value: time / dayMs };
}

/** Milliseconds to add to midnight UTC; null when the clock time cannot be. */
function timeOf(match: RegExpExecArray): number | null {
  if (match[4] === undefined) return 0;
  const hour = hourOf(Number(match[4]), match[8]?.toUpperCase());
  const minute = Number(match[5]);
  const second = Number(match[6] ?? 0);
  if (hour === null || hour > 23 || minute > 59 || second > 59) return null;
  const milliseconds = Math.floor(Number(`0.${match[7] ?? 0}`) * 1000);
  return ((hour * 60 + minute - zoneMinutes(match[9])) * 60 + second) * 1000 + milliseconds;
}

function hourOf(hour: number, half: string | undefined): number | null {
  if (!half) return hour;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half === 'PM' ? 12 : 0);
}

function zoneMinutes(zone: string | undefined): number {
  if (!zone || zone === 'Z' || zone === 'UTC') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}

/** What the sample says about the form of its dates. */
export interface DateEvidence {
  format: DateFormat | null;
  /** Share of the sample that reads as real days in this format, 0 to 1. */
  share: number;
  /** Other formats that read every cell as well; not empty means the choice was made on weaker grounds. */
  rivals: DateFormat[];
}

/**
 * Choose the format that reads most cells as real days. Where day and month could be swapped in every cell, the
 * reading in which neighbouring rows lie closer together wins (exports are sorted), then day first.
 */
export function detectDateFormat(cells: readonly string[]): DateEvidence {
  const filled = cells.filter((cell) => cell.trim() !== '');
  if (filled.length === 0) return { format: null, share: 0, rivals: [] };
  // Counted instants are read whatever the format is.
  if (filled.every((cell) => epoch.test(cell.trim()))) return { format: 'YYYY-MM-DD', share: 1, rivals: [] };
  const scored = dateFormats.map((format) => ({ format, ...score(filled, format) })).filter(({ hits }) => hits > 0);
  scored.sort((a, b) => b.hits - a.hits || a.travel - b.travel);
  const best = scored[0];
  if (!best) return { format: null, share: 0, rivals: [] };
  const rivals = scored.slice(1).filter(({ hits }) => hits === best.hits);
  return { format: best.format, share: best.hits / filled.length, rivals: rivals.map(({ format }) => format) };
}

function score(cells: readonly string[], format: DateFormat): { hits: number; travel: number } {
  let hits = 0;
  let travel = 0;
  let previous: number | null = null;
  for (const cell of cells) {
    const parsed = parseDay(cell, format);
    if (!parsed.ok) continue;
    hits += 1;
    if (previous !== null) travel += Math.abs(parsed.value - previous);
    previous = parsed.value;
  }
  return { hits, travel };
}
