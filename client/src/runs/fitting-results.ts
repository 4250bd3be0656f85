import type { MeasuredResultsQuery } from './calibrations.generated.ts';

type MeasuredResult = MeasuredResultsQuery['calibrations']['edges'][number]['node'];

/** What a model says of itself that decides which results of experiments it can take. */
export interface CalibratedModel {
  kpi: MeasuredResult['kpi'];
  basis: MeasuredResult['basis'];
  regional: boolean;
  mock: boolean;
}

function fits({ kpi, basis, region, sourceKinds }: MeasuredResult, model: CalibratedModel): boolean {
  return (
    kpi === model.kpi &&
    basis === model.basis &&
    (region === null || model.regional) &&
    sourceKinds.includes('mock') === model.mock
  );
}

/** Results that a model can take, and those that were chosen before it changed, so that they can be let go. */
export function fittingResults(
  all: readonly MeasuredResult[],
  model: CalibratedModel,
  chosen: readonly string[],
): MeasuredResult[] {
  return all.filter((result) => fits(result, model) || chosen.includes(result.id));
}
