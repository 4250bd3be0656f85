import { AppError } from '@liftos/core/errors.ts';

/** Why a method refused its data. `details.problem` carries it to clients. */
export type ProblemKind =
  | 'TOO_FEW'
  | 'COLLINEAR'
  | 'CONSTANT'
  | 'TOO_FEW_CLUSTERS'
  | 'NOT_FINITE'
  | 'ZERO_VARIANCE'
  | 'NOT_POSITIVE_DEFINITE'
  | 'NOT_CONVERGED'
  | 'SHAPE'
  | 'OUT_OF_RANGE'
  | 'NO_OVERLAP'
  | 'GAP'
  | 'NEGATIVE';

/**
 * Data that cannot answer the question asked of it. It is thrown in place of returning a number that looks right, and
 * may reach the person who asked as it is: the message says what is wrong and what to do.
 */
export class Problem extends AppError {
  readonly kind: ProblemKind;

  constructor(kind: ProblemKind, message: string, details: Record<string, unknown> = {}) {
    super('BAD_USER_INPUT', message, { ...details, problem: kind });
    this.name = 'Problem';
    this.kind = kind;
  }
}

/** Throws NOT_FINITE when a value is NaN or infinite; `name` says what the values are, e.g. `sales`. */
export function requireFinite(values: ArrayLike<number>, name: string): void {
  for (let index = 0; index < values.length; index++) {
    if (Number.isFinite(values[index])) continue;
    throw new Problem('NOT_FINITE', `${name} has a missing or infinite value in row ${index + 1}.`, { name, index });
  }
}

/** Throws OUT_OF_RANGE unless `low < value < high`. */
export function requireBetween(value: number, low: number, high: number, name: string): void {
  if (value > low && value < high) return;
  throw new Problem('OUT_OF_RANGE', `${name} must lie between ${low} and ${high}, and is ${value}.`, { name, value });
}

/** Throws SHAPE unless the two lengths agree. */
export function requireLength(actual: number, expected: number, name: string): void {
  if (actual === expected) return;
  throw new Problem('SHAPE', `${name} has ${actual} values where ${expected} are needed.`, { name, actual, expected });
}
