export interface EndedSlice {
  stream: string;
  accountId: string;
  from: string | null;
  to: string | null;
  since: Date | null;
  until: Date | null;
  ok: boolean;
}

export interface Advanced {
  stream: string;
  accountId: string;
  /** The last day up to which everything was read. */
  lastDay: string;
  readUntil: Date | null;
}

/**
 * How far each stream of each account is now read without a gap. What lies behind a slice that failed does not count:
 * the next sync begins at the gap.
 */
export function advanceCursors(slices: readonly EndedSlice[]): Advanced[] {
  const advanced = new Map<string, Advanced>();
  const stopped = new Set<string>();
  for (const slice of slices.toSorted((a, b) => startOf(a).localeCompare(startOf(b)))) {
    const { stream, accountId, to, until, ok } = slice;
    const key = `${stream}\u0000${accountId}`;
    if (slice.from === null || to === null) continue;
    if (!ok) stopped.add(key);
    else if (!stopped.has(key)) advanced.set(key, { stream, accountId, lastDay: to, readUntil: until });
  }
  return [...advanced.values()];
}

function startOf({ since, from }: EndedSlice): string {
  return since?.toISOString() ?? from ?? '';
}
