import type { AttributionModel, RunFieldsFragment } from './attribution.generated.ts';

type Result = RunFieldsFragment['results'][number];

export interface ComparisonRow {
  label: string;
  /** One per model of the run, in its order. */
  values: (number | null)[];
}

/**
 * One row per channel with what each model credits to it. Rows are ordered by their mean over the models; those after
 * `most` are added up under “Other”.
 */
export function compareModels(
  results: readonly Result[],
  read: 'share' | 'conversions' | 'value',
  most = 15,
): ComparisonRow[] {
  const rows = new Map<string, (number | null)[]>();
  results.forEach((result, index) => {
    for (const credit of result.credits) {
      const values = rows.get(credit.key) ?? results.map(() => null);
      values[index] = credit[read];
      rows.set(credit.key, values);
    }
  });
  const mean = (values: (number | null)[]): number =>
    values.reduce<number>((sum, value) => sum + (value ?? 0), 0) / values.length;
  const sorted = [...rows]
    .map(([label, values]) => ({ label, values }))
    .toSorted((a, b) => mean(b.values) - mean(a.values));
  const rest = sorted.slice(most);
  if (rest.length < 2) return sorted;
  const other = results.map((_, index) => rest.reduce((sum, row) => sum + (row.values[index] ?? 0), 0));
  return [...sorted.slice(0, most), { label: `Other (${rest.length})`, values: other }];
}

/** Agreement of two models, whichever was named first. */
export function agreementOf(agreement: RunFieldsFragment['agreement'], one: AttributionModel, two: AttributionModel) {
  return agreement.find(({ a, b }) => (a === one && b === two) || (a === two && b === one));
}
