import { badInput } from '@liftos/core/errors.ts';
import { Problem } from '../numerics/problem.pure.ts';

/** Does work on a field of an input, and names the field when a method refuses it. */
export function inField<T>(field: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Problem) throw badInput(field, error.message, { ...error.details });
    throw error;
  }
}
