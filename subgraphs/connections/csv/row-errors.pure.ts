/** Why a cell or a row was refused. */
export type RowErrorCode =
  | 'BAD_SHAPE'
  | 'MISSING'
  | 'NOT_A_DATE'
  | 'IMPOSSIBLE_DATE'
  | 'NOT_A_NUMBER'
  | 'NEGATIVE'
  | 'TOO_LARGE'
  | 'TOO_LONG'
  | 'BAD_CHARACTER'
  | 'BAD_CURRENCY'
  | 'COLUMN_COUNT'
  | 'BAD_QUOTES'
  | 'EMPTY_TOUCH'
  | 'TOUCH_AFTER_CONVERSION'
  | 'TOO_MANY_TOUCHES';

/** A refused cell or row. Lines count from 1, the header included. */
export interface RowError {
  line: number;
  column: string | null;
  code: RowErrorCode;
  message: string;
  value: string | null;
}

/** Details of more refused rows than this are counted only. */
export const keptErrors = 1000;
const keptCharacters = 200;

/** Counts refused rows and keeps the details of the first thousand. */
export class RowErrors {
  /** Rows refused so far. */
  rejected = 0;
  /** Those of them that never became cells. */
  unparsed = 0;
  #kept = 0;
  #fresh: RowError[] = [];
  #rowCounted = false;

  /** What is added from here on belongs to another row. */
  beginRow(): void {
    this.#rowCounted = false;
  }

  /** Refuses a line before it becomes cells. */
  addLine(error: RowError): void {
    this.unparsed += 1;
    this.rejected += 1;
    this.#keep(error);
  }

  /** Refuses the row for this reason too. */
  add(error: RowError): void {
    if (!this.#rowCounted) this.rejected += 1;
    this.#rowCounted = true;
    this.#keep(error);
  }

  #keep(error: RowError): void {
    if (this.#kept >= keptErrors) return;
    this.#kept += 1;
    this.#fresh.push({ ...error, value: error.value === null ? null : shorten(error.value) });
  }

  /** The details that were not taken before. */
  take(): RowError[] {
    const fresh = this.#fresh;
    this.#fresh = [];
    return fresh;
  }
}

/** A value as it may be shown and stored: Postgres refuses NUL, and lone surrogates are no text. */
function shorten(value: string): string {
  return value.slice(0, keptCharacters).replaceAll('\u0000', '\u2400').toWellFormed();
}
