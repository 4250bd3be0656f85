import type { CandidateFit } from './explore-mixes.pure.ts';

/**
 * The candidates that no other beats in error, distance and lift error at once, by increasing error: what is left to
 * choose from. Of candidates with equal measures the first stays.
 */
export function paretoFront(candidates: readonly CandidateFit[]): CandidateFit[] {
  const order = candidates.toSorted(
    (a, b) => a.error - b.error || a.distance - b.distance || a.liftError - b.liftError,
  );
  const front: CandidateFit[] = [];
  for (const candidate of order) {
    // Those before have at most this error; beaten is who is no better in the other two either.
    const beaten = front.some(
      ({ distance, liftError }) => distance <= candidate.distance && liftError <= candidate.liftError,
    );
    if (!beaten) front.push(candidate);
  }
  return front;
}
