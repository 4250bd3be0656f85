/** One measurement beside the reference it was taken with, in the same run. */
export interface BenchResult {
  name: string;
  value: number;
  unit: string;
  /** What it is compared with; null where the reference cannot run here. */
  reference: string | null;
  referenceValue: number | null;
  /** `value / referenceValue`. */
  ratio: number | null;
  /** What must hold, in words, e.g. `ratio <= 2`. */
  bar: string;
  holds: boolean;
}
