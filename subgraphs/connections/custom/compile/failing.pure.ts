import { PlatformFailure } from '../../engine/platform-failure.ts';
import { ValueProblem } from '../language/problem.pure.ts';

/** Turns values of an answer that are not what the manifest reads into a failure that names the place. */
export function failing<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ValueProblem)) throw error;
    const value = error.value === null ? '' : ` (${error.value})`;
    throw new PlatformFailure(
      { class: 'bad_request', message: `${place}: ${error.message}${value}` },
      { cause: error },
    );
  }
}
