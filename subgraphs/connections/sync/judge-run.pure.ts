import type { SyncState } from '../schema.generated.ts';

export interface JudgedSlice {
  stream: string;
  first_day: string | null;
  last_day: string | null;
  state: SyncState;
  rows_accepted: number;
  rows_rejected: number;
  reason: string | null;
  notes: readonly string[];
}

export interface Verdict {
  state: 'SUCCEEDED' | 'PARTIAL' | 'FAILED' | 'CANCELLED';
  /** One line per thing that went wrong. */
  reasons: string[];
  notes: string[];
}

/**
 * How a run ended. All slices well and no row refused: succeeded. Nothing came in although something was there: failed.
 * Anything between: partial. Nothing is silently left out: each slice that failed and all refused rows give a reason.
 */
export function judgeRun(slices: readonly JudgedSlice[]): Verdict {
  const failed = slices.filter(({ state }) => state === 'FAILED');
  const accepted = slices.reduce((sum, slice) => sum + slice.rows_accepted, 0);
  const rejected = slices.reduce((sum, slice) => sum + slice.rows_rejected, 0);
  const reasons = failed.map((slice) => `${nameOf(slice)}: ${slice.reason ?? 'failed'}`);
  if (rejected > 0)
    reasons.push(`${rejected.toLocaleString('en')} ${rejected === 1 ? 'row was' : 'rows were'} refused.`);
  const notes = slices.flatMap((slice) => slice.notes);
  if (slices.some(({ state }) => state === 'CANCELLED')) return { state: 'CANCELLED', reasons, notes };
  if (reasons.length === 0) return { state: 'SUCCEEDED', reasons, notes };
  const nothing = accepted === 0 && (failed.length === slices.length || failed.length === 0);
  return { state: nothing ? 'FAILED' : 'PARTIAL', reasons, notes };
}

function nameOf({ stream, first_day: from, last_day: to }: JudgedSlice): string {
  return from === null ? stream : `${stream} ${from} to ${to}`;
}
