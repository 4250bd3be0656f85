interface Checked {
  stream: string;
  accountId: string;
  accountName: string;
  from: string | null;
  to: string | null;
  checks: { metric: string; ours: number; theirs: number }[];
}

/** One sum of ours beside the platform's. */
export interface Comparison {
  slice: Checked;
  metric: string;
  ours: number;
  theirs: number;
  equal: boolean;
  /** By how much ours differs, as a share of theirs; null when theirs is 0. */
  share: number | null;
}

// Sums of money with cents that were added in another order differ by less than this.
const tolerance = 0.005;

/** All sums that were compared, the largest difference first. */
export function compareSums(slices: readonly Checked[]): Comparison[] {
  const all = slices.flatMap((slice) =>
    slice.checks.map(({ metric, ours, theirs }) => {
      const equal = Math.abs(ours - theirs) < tolerance;
      return { slice, metric, ours, theirs, equal, share: theirs === 0 ? null : ours / theirs - 1 };
    }),
  );
  const size = (row: Comparison): number => (row.equal ? -1 : Math.abs(row.share ?? Infinity));
  return all.toSorted((a, b) => (size(a) === size(b) ? 0 : size(b) - size(a)));
}
