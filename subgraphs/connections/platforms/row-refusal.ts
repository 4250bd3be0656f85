import type { RowErrorCode } from '../csv/row-errors.pure.ts';

/** Thrown by a stream's `map` for a row that is not what it should be: the row is put aside, and the others go on. */
export class RowRefusal extends RangeError {
  readonly column: string;
  readonly code: RowErrorCode;
  readonly value: string | null;

  constructor(column: string, code: RowErrorCode, message: string, value: string | null) {
    super(message);
    this.column = column;
    this.code = code;
    this.value = value;
  }
}
