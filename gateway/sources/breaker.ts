import { AppError } from '@liftos/core/errors.ts';

export type BreakerState = 'closed' | 'open' | 'half-open';

/** Spares a subgraph that does not answer, and those who would wait for it. */
export interface Breaker {
  readonly state: BreakerState;
  /** Throws UNAVAILABLE at once while it is open; lets one trial through when it is half-open. */
  enter(): void;
  succeeded(): void;
  failed(): void;
  /** A trial that ended without saying anything about the subgraph, e.g. because the client left. */
  abandoned(): void;
}

export interface BreakerOptions {
  /** Failures in a row that open it. */
  failures?: number;
  /** Until a trial is let through. */
  pauseMillis?: number;
  now?: () => number;
}

export function createBreaker(name: string, options: BreakerOptions = {}): Breaker {
  const { failures = 5, pauseMillis = 10_000, now = () => performance.now() } = options;
  let inARow = 0;
  let openedAt: number | undefined;
  let trying = false;
  const stateNow = (): BreakerState => {
    if (openedAt === undefined) return 'closed';
    return now() - openedAt >= pauseMillis ? 'half-open' : 'open';
  };
  return {
    get state() {
      return stateNow();
    },
    enter() {
      const state = stateNow();
      if (state === 'closed') return;
      if (state === 'open' || trying) throw new AppError('UNAVAILABLE', `"${name}" cannot be reached at the moment.`);
      trying = true;
    },
    succeeded() {
      inARow = 0;
      openedAt = undefined;
      trying = false;
    },
    failed() {
      inARow++;
      if (trying || inARow >= failures) openedAt = now();
      trying = false;
    },
    abandoned() {
      trying = false;
    },
  };
}
