import type { RowErrorCode } from '../../csv/row-errors.pure.ts';

/** An expression or template that is wrong as written; `offset` is the place within its text. */
export class LanguageProblem extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** A value in an answer that is not what a filter reads, e.g. a number that is none. */
export class ValueProblem extends Error {
  readonly code: RowErrorCode;
  readonly value: string | null;

  constructor(code: RowErrorCode, message: string, value: unknown) {
    super(message);
    this.code = code;
    this.value = value === null || typeof value === 'object' ? null : String(value).slice(0, 200);
  }
}
