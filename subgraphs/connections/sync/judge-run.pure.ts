import type { SourceKind } from '@liftos/core/ports/memory.ts';
import type { SyncState } from '../schema.generated.ts';

export interface JudgedSlice {
  stream: string;
  source: SourceKind;
  account_id: string;
  account_name: string;
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
 * Anything between: partial. Nothing is silently left out: each slice that failed or is not whole, and all refused rows
 * give a reason; what went wrong in the same way for the same account is said once.
 */
export function judgeRun(slices: readonly JudgedSlice[]): Verdict {
  const failed = slices.filter(({ state }) => state === 'FAILED');
  const accepted = slices.reduce((sum, slice) => sum + slice.rows_accepted, 0);
  const rejected = slices.reduce((sum, slice) => sum + slice.rows_rejected, 0);
  const reasons = groupedReasons(
    slices.filter(({ state, reason }) => state === 'FAILED' || (state === 'PARTIAL' && reason)),
  );
  if (rejected > 0)
    reasons.push(`${rejected.toLocaleString('en')} ${rejected === 1 ? 'row was' : 'rows were'} refused.`);
  const notes = [...new Set(slices.flatMap((slice) => slice.notes))];
  const sources = new Set(slices.map(({ source }) => source));
  if (sources.has('live') && sources.has('mock'))
    notes.push('Generated data stands in for what could not be read; it is marked as such.');
  if (slices.some(({ state }) => state === 'CANCELLED')) return { state: 'CANCELLED', reasons, notes };
  if (reasons.length === 0) return { state: 'SUCCEEDED', reasons, notes };
  const nothing = accepted === 0 && (failed.length === slices.length || failed.length === 0);
  return { state: nothing ? 'FAILED' : 'PARTIAL', reasons, notes };
}

function groupedReasons(slices: readonly JudgedSlice[]): string[] {
  const groups = new Map<string, JudgedSlice[]>();
  for (const slice of slices) {
    const key = `${slice.account_id}\u0000${slice.reason}`;
    groups.set(key, [...(groups.get(key) ?? []), slice]);
  }
  return [...groups.values()].map((group) => `${nameOf(group)}: ${group[0]!.reason ?? 'failed'}`);
}

/** The account and what of it; days only when they tell something. */
function nameOf(group: readonly JudgedSlice[]): string {
  const [{ account_id: id, account_name: name }] = group as [JudgedSlice];
  const account = id === '' ? '' : name === id || name === '' ? id : `${name} (${id})`;
  const streams = [...new Set(group.map(({ stream }) => stream).filter((stream) => stream !== ''))];
  const parts = streams.map((stream) => {
    const own = group.filter((slice) => slice.stream === stream);
    const days = own.flatMap(({ first_day: from, last_day: to }) => (from && to ? [from, to] : [])).sort();
    return days.length === 0 ? stream : `${stream} ${days[0]} to ${days.at(-1)}`;
  });
  return [account, parts.join(', ')].filter((part) => part !== '').join(', ');
}
