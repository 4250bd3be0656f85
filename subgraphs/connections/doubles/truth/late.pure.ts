import type { Random } from '../../mock/random.pure.ts';

/** Share of conversions that are reported while their day is still running. */
const atOnce = 0.7;

/**
 * How many of a day's conversions a platform has seen so far. Each has a delay of its own, at most `windowDays`, so the
 * number never falls and is final after the window.
 *
 * @param age days since the day began
 */
export function seenSoFar(total: number, age: number, windowDays: number, random: Random): number {
  if (age >= windowDays) return total;
  let seen = 0;
  for (let i = 0; i < total; i += 1) {
    const late = random.uniform() > atOnce;
    const delay = random.uniform() + (late ? Math.min(random.exponential(windowDays / 5), windowDays - 1) : 0);
    if (delay <= age) seen += 1;
  }
  return seen;
}
