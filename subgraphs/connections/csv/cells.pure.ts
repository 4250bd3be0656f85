import type { DateFormat, Parsed } from './parse-date.pure.ts';
import { parseDay, parseInstant } from './parse-date.pure.ts';
import type { DecimalSeparator } from './parse-number.pure.ts';
import { isEmptyMark, parseMicros } from './parse-number.pure.ts';
import { countsInMicros } from './guess-meaning.pure.ts';
import { isCurrencyCode } from './currency.pure.ts';
import type { RowErrorCode, RowErrors } from './row-errors.pure.ts';

/** Where a meaning stands in a row. */
export interface ColumnPlace {
  index: number;
  name: string;
}

/** Texts longer than this are refused; no name of a campaign comes near. */
const longestText = 1024;
/** Distinct texts that are remembered before starting anew, so that memory stays flat. */
const mostRemembered = 20_000;

const messages: Partial<Record<RowErrorCode, string>> = {
  MISSING: 'The cell is empty.',
  NOT_A_DATE: 'This is no date in the form of the file.',
  IMPOSSIBLE_DATE: 'There is no such day or time.',
  NOT_A_NUMBER: 'This is no number in the form of the file.',
  NEGATIVE: 'This may not be negative.',
  TOO_LARGE: 'The number is too large.',
  TOO_LONG: `The text is longer than ${longestText} characters.`,
  BAD_CHARACTER: 'The text holds characters that cannot be read in the encoding of the file.',
  BAD_CURRENCY: 'This is no ISO 4217 currency code.',
};

/** Reads the cells of one row after the other; what cannot be read goes to `errors` and answers undefined. */
export class Cells {
  /** Cells whose digits beyond the sixth were rounded. */
  rounded = 0;
  readonly #errors: RowErrors;
  readonly #decimal: DecimalSeparator;
  readonly #dateFormat: DateFormat;
  readonly #texts = new Map<string, string>();
  readonly #days = new Map<string, string>();
  #cells: readonly string[] = [];
  #line = 0;
  #failed = false;

  constructor(errors: RowErrors, decimal: DecimalSeparator, dateFormat: DateFormat) {
    this.#errors = errors;
    this.#decimal = decimal;
    this.#dateFormat = dateFormat;
  }

  row(cells: readonly string[], line: number): void {
    this.#cells = cells;
    this.#line = line;
    this.#failed = false;
    this.#errors.beginRow();
  }

  /** Whether a cell of this row was refused. */
  get failed(): boolean {
    return this.#failed;
  }

  get line(): number {
    return this.#line;
  }

  refuse(place: ColumnPlace | null, code: RowErrorCode, message = messages[code] ?? code): undefined {
    this.#failed = true;
    const value = place ? (this.#cells[place.index] ?? '') : null;
    this.#errors.add({ line: this.#line, column: place?.name ?? null, code, message, value });
    return undefined;
  }

  raw(place: ColumnPlace): string {
    return this.#cells[place.index] ?? '';
  }

  /** A text that must be there. */
  text(place: ColumnPlace): string | undefined {
    const text = this.#clean(place);
    return text === '' ? this.refuse(place, 'MISSING') : text;
  }

  /** A text or null; undefined when it was refused. */
  optionalText(place: ColumnPlace | undefined): string | null | undefined {
    if (!place) return null;
    const text = this.#clean(place);
    return text === '' ? null : text;
  }

  #clean(place: ColumnPlace): string | undefined {
    const cell = this.raw(place);
    const known = this.#texts.get(cell);
    if (known !== undefined) return known;
    const text = cell.trim();
    if (text.length > longestText) return this.refuse(place, 'TOO_LONG');
    if (hasBadCharacter(text)) return this.refuse(place, 'BAD_CHARACTER');
    if (this.#texts.size >= mostRemembered) this.#texts.clear();
    this.#texts.set(cell, text);
    return text;
  }

  /** A day as `YYYY-MM-DD`. */
  day(place: ColumnPlace): string | undefined {
    const cell = this.raw(place);
    const known = this.#days.get(cell);
    if (known !== undefined) return known;
    if (cell.trim() === '') return this.refuse(place, 'MISSING');
    const parsed = parseDay(cell, this.#dateFormat);
    if (!parsed.ok) return this.refuse(place, parsed.problem);
    const day = new Date(parsed.value * 86_400_000).toISOString().slice(0, 10);
    if (this.#days.size >= mostRemembered) this.#days.clear();
    this.#days.set(cell, day);
    return day;
  }

  /** An instant in milliseconds, null when the cell is empty. */
  instant(place: ColumnPlace): number | null | undefined {
    const cell = this.raw(place);
    if (isEmptyMark(cell)) return null;
    const parsed: Parsed = parseInstant(cell, this.#dateFormat);
    return parsed.ok ? parsed.value : this.refuse(place, parsed.problem);
  }

  /** Money in micros; an empty cell is nothing. */
  money(place: ColumnPlace | undefined, allowNegative: boolean): bigint | undefined {
    if (!place) return 0n;
    const micros = this.#micros(place);
    if (micros === undefined) return undefined;
    if (micros < 0n && !allowNegative) return this.refuse(place, 'NEGATIVE');
    return countsInMicros(place.name) ? micros / 1_000_000n : micros;
  }

  /** A count that is not negative; an empty cell is `absent`. */
  count(place: ColumnPlace | undefined, absent = 0): number | undefined {
    if (!place) return absent;
    const cell = this.raw(place);
    if (/^\d{1,15}$/.test(cell)) return Number(cell);
    if (isEmptyMark(cell)) return absent;
    const micros = this.#micros(place);
    if (micros === undefined) return undefined;
    return micros < 0n ? this.refuse(place, 'NEGATIVE') : Number(micros) / 1e6;
  }

  #micros(place: ColumnPlace): bigint | undefined {
    const cell = this.raw(place);
    if (isEmptyMark(cell)) return 0n;
    const parsed = parseMicros(cell, this.#decimal);
    if (!parsed.ok) return this.refuse(place, parsed.problem);
    if (parsed.rounded) this.rounded += 1;
    return parsed.micros;
  }

  currency(place: ColumnPlace | undefined, otherwise: string): string | undefined {
    if (!place) return otherwise;
    const cell = this.raw(place).trim();
    if (cell === '') return otherwise;
    const code = cell.toUpperCase();
    return isCurrencyCode(code) ? code : this.refuse(place, 'BAD_CURRENCY');
  }
}

function hasBadCharacter(text: string): boolean {
  return text.includes('\u0000') || text.includes('\ufffd') || !text.isWellFormed();
}
