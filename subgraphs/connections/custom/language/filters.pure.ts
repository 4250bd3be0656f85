import { createHash } from 'node:crypto';
import { dateFormats, isDateFormat, parseDay } from '../../csv/parse-date.pure.ts';
import { ValueProblem } from './problem.pure.ts';
import {
  dayOfNumber,
  formatted,
  isEmpty,
  later,
  placesOfMinor,
  plainText,
  scaled,
  toDay,
  toInstant,
  toNumber,
} from './values.pure.ts';

/** What filters know besides their input. */
export interface FilterContext {
  /** Of the account. */
  timeZone: string;
  currency: string;
  nameOf(type: string, id: string): string | null;
}

export interface Filter {
  /** Least and most arguments. */
  least: number;
  most: number;
  apply(input: unknown, args: readonly unknown[], context: FilterContext): unknown;
}

type Apply = Filter['apply'];

/** Leaves out what is empty: a field that is not there is no mistake of its own. */
function unlessEmpty(apply: Apply): Apply {
  return (input, args, context) => (isEmpty(input) ? null : apply(input, args, context));
}

function filter(least: number, most: number, apply: Apply): Filter {
  return { least, most, apply: unlessEmpty(apply) };
}

function arithmetic(apply: (one: number, other: number) => number): Filter {
  return filter(1, 1, (input, [other]) => apply(toNumber(input), toNumber(other)));
}

function list(input: unknown): readonly unknown[] {
  return Array.isArray(input) ? input : [input];
}

function field(member: unknown, name: unknown): unknown {
  const key = plainText(name);
  const has = typeof member === 'object' && member !== null && Object.hasOwn(member, key);
  return has ? (member as Record<string, unknown>)[key] : null;
}

/** Texts that filters make are cut here, so that no chain of them grows without end. */
const mostCharacters = 100_000;

const texts: Record<string, Filter> = {
  text: filter(0, 0, (input) => plainText(input)),
  lower: filter(0, 0, (input) => plainText(input).toLowerCase()),
  upper: filter(0, 0, (input) => plainText(input).toUpperCase()),
  trim: filter(0, 0, (input) => plainText(input).trim()),
  append: filter(1, 1, (input, [end]) => (plainText(input) + plainText(end)).slice(0, mostCharacters)),
  prepend: filter(1, 1, (input, [start]) => (plainText(start) + plainText(input)).slice(0, mostCharacters)),
  replace: filter(2, 2, (input, [from, to]) =>
    isEmpty(from)
      ? plainText(input)
      : plainText(input)
          .replaceAll(plainText(from), () => plainText(to))
          .slice(0, mostCharacters),
  ),
  cut: filter(1, 2, (input, [from, to]) =>
    plainText(input).slice(toNumber(from), to === undefined ? undefined : toNumber(to)),
  ),
  split: filter(1, 1, (input, [separator]) => plainText(input).split(plainText(separator)).slice(0, 10_000)),
  hash: filter(0, 0, (input) => createHash('sha256').update(plainText(input)).digest('hex')),
  base64: filter(0, 0, (input) => Buffer.from(plainText(input)).toString('base64')),
  json: { least: 0, most: 0, apply: (input) => JSON.stringify(input ?? null) },
};

const numbers: Record<string, Filter> = {
  number: filter(0, 0, (input) => toNumber(input)),
  round: filter(0, 0, (input) => Math.round(toNumber(input))),
  abs: filter(0, 0, (input) => Math.abs(toNumber(input))),
  plus: arithmetic((one, other) => one + other),
  minus: arithmetic((one, other) => one - other),
  times: arithmetic((one, other) => one * other),
  divided_by: arithmetic((one, other) => (other === 0 ? 0 : one / other)),
};

const money: Record<string, Filter> = {
  money: filter(0, 0, (input) => scaled(input, 6)),
  minor: filter(0, 1, (input, [currency], context) => scaled(input, placesOfMinor(currency ?? context.currency))),
  micros: filter(0, 0, (input) => scaled(input, 0)),
  negative: filter(0, 0, (input) => (typeof input === 'bigint' ? -input : -toNumber(input))),
};

const times: Record<string, Filter> = {
  instant: filter(0, 0, (input) => toInstant(input)),
  iso: filter(0, 0, (input) => plainText(toInstant(input))),
  unix: filter(0, 0, (input) => Math.floor(toInstant(input).getTime() / 1000)),
  unix_ms: filter(0, 0, (input) => toInstant(input).getTime()),
  date: filter(0, 1, (input, [format], { timeZone }) =>
    format === undefined ? toDay(input, timeZone) : dayIn(input, plainText(format)),
  ),
  format: filter(1, 1, (input, [pattern], { timeZone }) => formatted(input, plainText(pattern), timeZone)),
  add_days: filter(1, 1, (input, [days]) => later(input, toNumber(days))),
};

function dayIn(input: unknown, format: string): string {
  if (!isDateFormat(format))
    throw new ValueProblem('NOT_A_DATE', `Days are read as ${dateFormats.join(', ')}.`, format);
  const parsed = parseDay(plainText(input), format);
  if (!parsed.ok) throw new ValueProblem(parsed.problem, `This is no day written ${format}.`, input);
  return dayOfNumber(parsed.value);
}

const lists: Record<string, Filter> = {
  first: filter(0, 0, (input) => list(input)[0] ?? null),
  last: filter(0, 0, (input) => list(input).at(-1) ?? null),
  size: { least: 0, most: 0, apply: (input) => (isEmpty(input) ? 0 : list(input).length) },
  pluck: filter(1, 1, (input, [name]) => list(input).map((member) => field(member, name))),
  where: filter(2, 2, (input, [name, value]) =>
    list(input).filter((member) => plainText(field(member, name)) === plainText(value)),
  ),
  sum: {
    least: 0,
    most: 1,
    apply: (input, [name]) =>
      isEmpty(input)
        ? 0
        : list(input).reduce<number>((sum, member) => {
            const value = name === undefined ? member : field(member, name);
            return sum + (isEmpty(value) ? 0 : toNumber(value));
          }, 0),
  },
  join: filter(1, 1, (input, [separator]) =>
    list(input).map(plainText).join(plainText(separator)).slice(0, mostCharacters),
  ),
};

const others: Record<string, Filter> = {
  default: { least: 1, most: 1, apply: (input, [fallback]) => (isEmpty(input) ? fallback : input) },
  name_of: filter(1, 1, (input, [type], { nameOf }) => nameOf(plainText(type), plainText(input))),
};

/** Every filter by name. */
export const filters: Readonly<Record<string, Filter>> = Object.assign(
  Object.create(null) as Record<string, Filter>,
  texts,
  numbers,
  money,
  times,
  lists,
  others,
);

export const filterNames: readonly string[] = Object.keys(filters);

/** Filters whose outcome is an amount of money in micros. */
export const moneyFilters: readonly string[] = Object.keys(money);
