/** What stands for a value nobody knows. */
export const unknown = '–';

type Maybe = number | null | undefined;

const formats = new Map<string, Intl.NumberFormat>();

function number(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options);
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.NumberFormat('en', options)));
  return format;
}

function show(value: Maybe, options: Intl.NumberFormatOptions): string {
  return value === null || value === undefined || !Number.isFinite(value) ? unknown : number(options).format(value);
}

/** A whole number with separators. */
export function integer(value: Maybe): string {
  return show(value, { maximumFractionDigits: 0 });
}

/** A number with a fixed count of decimals. */
export function decimal(value: Maybe, digits = 2): string {
  return show(value, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A count that may be fractional, such as credited conversions: decimals only while they matter. */
export function quantity(value: Maybe): string {
  return show(value, { maximumFractionDigits: Math.abs(value ?? 0) >= 1_000 ? 0 : 1 });
}

/** 1,234,567 as 1.23M. */
export function compact(value: Maybe): string {
  return show(value, { notation: 'compact', maximumSignificantDigits: 3 });
}

/** A share from 0 to 1 as a percentage with one decimal. */
export function percent(value: Maybe, digits = 1): string {
  return show(value, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** An amount with its currency; without one, a plain number. */
export function money(value: Maybe, currency: string | null | undefined, style: 'full' | 'compact' = 'full'): string {
  const shape: Intl.NumberFormatOptions =
    style === 'compact'
      ? { notation: 'compact', maximumSignificantDigits: 3 }
      : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return show(value, currency ? { style: 'currency', currency, ...shape } : shape);
}

/** A change against an earlier value as a signed percentage; unknown without one. */
export function change(now: Maybe, before: Maybe): string {
  if (now === null || now === undefined || !before) return unknown;
  return show(now / before - 1, { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' });
}

/** Bytes in steps of 1,024. */
export function bytes(value: Maybe): string {
  if (value === null || value === undefined) return unknown;
  const units = ['B', 'kB', 'MB', 'GB'];
  const step = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, value)) / 10));
  return `${number({ maximumFractionDigits: step > 0 ? 1 : 0 }).format(value / 1_024 ** step)} ${units[step]}`;
}

/** Milliseconds in the unit that fits: 340 ms, 2.1 s, 3 min 20 s, 2 h 5 min. */
export function duration(millis: Maybe): string {
  if (millis === null || millis === undefined || !Number.isFinite(millis)) return unknown;
  if (millis < 1_000) return `${Math.round(millis)} ms`;
  if (millis < 60_000) return `${(millis / 1_000).toFixed(1)} s`;
  const minutes = Math.floor(millis / 60_000);
  if (minutes < 60) return `${minutes} min ${Math.floor((millis % 60_000) / 1_000)} s`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `${Math.floor(minutes / 1_440)} d ${Math.floor((minutes % 1_440) / 60)} h`;
}

/** `customer_path`, `customerPath` or `MARKOV` as words. */
export function words(text: string): string {
  const plain = text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .toLowerCase();
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** One or many. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${integer(count)} ${count === 1 ? one : many}`;
}
