import { isCurrencyCode } from '../../csv/currency.pure.ts';
import { parseDay, parseInstant } from '../../csv/parse-date.pure.ts';
import { microsOfMinor } from '../../platforms/kit/money.pure.ts';
import { addDays, dayIn } from '../../sync/plan-slices.pure.ts';
import { ValueProblem } from './problem.pure.ts';

/** Nothing, an empty text or an empty list. */
export function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

/** A value as text: nothing is empty, instants are ISO 8601, lists and objects are JSON. */
export function plainText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().replace('.000Z', 'Z');
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}

/** Reads a number, or a text that is one. Throws ValueProblem. */
export function toNumber(value: unknown): number {
  const text = typeof value === 'number' ? value : typeof value === 'string' ? value.trim() : null;
  const found = text === null || text === '' ? Number.NaN : Number(text);
  if (Number.isFinite(found)) return found;
  throw new ValueProblem('NOT_A_NUMBER', 'This is no number.', value);
}

const decimal = /^([+-]?)(\d{0,18})(?:\.(\d{1,30}))?$/;

/** Moves the decimal point of a number to the right without loss, rounding what is left behind it. Throws ValueProblem. */
export function scaled(value: unknown, places: number): bigint {
  const text = typeof value === 'number' ? writtenOut(value) : typeof value === 'string' ? value.trim() : '';
  const match = decimal.exec(text);
  if (!match || text === '' || (match[2] === '' && match[3] === undefined)) {
    throw new ValueProblem('NOT_A_NUMBER', 'This is no amount of money.', value);
  }
  const fraction = (match[3] ?? '').padEnd(places + 1, '0');
  const whole = BigInt(`${match[2] || '0'}${fraction.slice(0, places)}`);
  const amount = whole + (fraction[places]! >= '5' ? 1n : 0n);
  if (amount > 2n ** 63n - 1n) throw new ValueProblem('TOO_LARGE', 'This amount is too large.', value);
  return match[1] === '-' ? -amount : amount;
}

function writtenOut(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(12) : text;
}

/** How many places lie between the minor unit of a currency and micros, e.g. 4 for EUR and 6 for JPY. Throws ValueProblem. */
export function placesOfMinor(currency: unknown): number {
  const code = plainText(currency).toUpperCase();
  if (!isCurrencyCode(code)) throw new ValueProblem('BAD_CURRENCY', 'This is no currency.', currency);
  return String(microsOfMinor(1, code)).length - 1;
}

const day = /^\d{4}-\d{2}-\d{2}$/;

/** An instant: of ISO text (UTC without a zone), or of seconds or milliseconds since 1970. Throws ValueProblem. */
export function toInstant(value: unknown): Date {
  if (value instanceof Date) return value;
  if (typeof value === 'number') return valid(value < 1e11 ? value * 1000 : value, value);
  const parsed = parseInstant(plainText(value), 'YYYY-MM-DD');
  return valid(parsed.ok ? parsed.value : Number.NaN, value);
}

function valid(millis: number, value: unknown): Date {
  const instant = new Date(millis);
  if (!Number.isNaN(instant.getTime())) return instant;
  throw new ValueProblem('NOT_A_DATE', 'This is no point in time.', value);
}

const zoned = /\d(?:Z|[+-]\d{2}:?\d{2})$/;

/** A day `YYYY-MM-DD`: as written, or the day an instant falls on in the time zone. Throws ValueProblem. */
export function toDay(value: unknown, timeZone: string): string {
  const instant = value instanceof Date || typeof value === 'number';
  const text = plainText(value);
  if (instant || (text.length > 10 && zoned.test(text)) || /^\d{13}$|^\d{10}$/.test(text)) {
    return dayIn(toInstant(value), timeZone);
  }
  const parsed = parseDay(text, text.includes('-') ? 'YYYY-MM-DD' : 'YYYYMMDD');
  if (!parsed.ok) throw new ValueProblem(parsed.problem, 'This is no day.', value);
  return dayOfNumber(parsed.value);
}

/** The day so many days after 1970-01-01. */
export function dayOfNumber(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}

/** The same so many days later: a day for a day, an instant for an instant. */
export function later(value: unknown, days: number): string | Date {
  if (typeof value === 'string' && day.test(value)) return addDays(value, days);
  return new Date(toInstant(value).getTime() + days * 86_400_000);
}

/** A day or an instant as text, e.g. `YYYYMMDD` or `DD.MM.YYYY HH:mm`; instants in the time zone. */
export function formatted(value: unknown, pattern: string, timeZone: string): string {
  const isDay = typeof value === 'string' && day.test(value);
  const instant = toInstant(value);
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: isDay ? 'UTC' : timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value: text }) => [type, text]));
  const named: Record<string, string | undefined> = {
    YYYY: parts['year'],
    MM: parts['month'],
    DD: parts['day'],
    HH: parts['hour'],
    mm: parts['minute'],
    ss: parts['second'],
  };
  return pattern.replaceAll(/YYYY|MM|DD|HH|mm|ss/g, (token) => named[token] ?? '');
}
