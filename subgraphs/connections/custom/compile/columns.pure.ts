import { RowRefusal } from '../../platforms/row-refusal.ts';
import { ValueProblem } from '../language/problem.pure.ts';
import type { Scope } from '../language/evaluate.pure.ts';
import { isEmpty, plainText, toDay, toInstant, toNumber } from '../language/values.pure.ts';
import type { MappedValue } from '../manifest/fields.pure.ts';
import { compileValue, type Compiled } from './values.pure.ts';

/** Names the column in what went wrong with its value. */
function within<T>(column: string, read: Compiled<T>): Compiled<T> {
  return (scope) => {
    try {
      return read(scope);
    } catch (error) {
      if (!(error instanceof ValueProblem)) throw error;
      throw new RowRefusal(column, error.code, `${column}: ${error.message}`, error.value);
    }
  };
}

function optional<T>(
  column: string,
  value: MappedValue | undefined,
  read: (found: unknown, scope: Scope) => T,
): Compiled<T | null> {
  if (value === undefined) return () => null;
  const compiled = compileValue(value);
  return within(column, (scope) => {
    const found = compiled(scope);
    return isEmpty(found) ? null : read(found, scope);
  });
}

function required<T>(column: string, compiled: Compiled<T | null>): Compiled<T> {
  return (scope) => {
    const found = compiled(scope);
    if (found === null) throw new RowRefusal(column, 'MISSING', `${column} is missing.`, null);
    return found;
  };
}

/** Columns of one kind: each compiles a value of a mapping, and refuses rows by its name. */
export const columns = {
  text: (column: string, value: MappedValue | undefined) => optional(column, value, plainText),
  requiredText: (column: string, value: MappedValue) => required(column, optional(column, value, plainText)),
  number: (column: string, value: MappedValue | undefined) => optional(column, value, toNumber),
  day: (column: string, value: MappedValue | undefined) =>
    optional(column, value, (found, scope) => toDay(found, scope.timeZone)),
  requiredDay: (column: string, value: MappedValue) =>
    required(
      column,
      optional(column, value, (found, scope) => toDay(found, scope.timeZone)),
    ),
  instant: (column: string, value: MappedValue | undefined) => optional(column, value, toInstant),
  requiredInstant: (column: string, value: MappedValue) => required(column, optional(column, value, toInstant)),
  /** Micros. */
  money: (column: string, value: MappedValue | undefined) => optional(column, value, micros),
  any: (column: string, value: MappedValue) => within(column, compileValue(value)),
};

function micros(found: unknown): bigint {
  if (typeof found === 'bigint') return found;
  // Only a zero that stands in the manifest comes without a filter for money.
  if (found === 0) return 0n;
  throw new ValueProblem('NOT_A_NUMBER', 'This is no amount of money.', found);
}
