import type { Matrix } from '../numerics/linear/matrix.pure.ts';
import { columnOf, zeros } from '../numerics/linear/matrix.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';
import { studyOf, type Panel, type Study } from '../synthetic-control/panel.pure.ts';

export interface LiftTreatment {
  readonly unit: string;
  /** First treated period. */
  readonly start: string;
}

/** A column beside the outcomes, periods x units. */
export interface Covariate {
  readonly name: string;
  readonly values: Matrix;
}

/** Spend of the treated units, all of them together, per period. */
export interface Spend {
  /** Steady level before; null when only the change was said. */
  readonly before: number | null;
  readonly change: number;
  readonly totalChange: number;
  readonly currency: string | null;
  readonly given: boolean;
}

/** What an evaluation reads, from wherever it came. */
export interface LiftData {
  /** Treated units and controls, nobody else. Missing outcomes are NaN. */
  readonly panel: Panel;
  readonly treatments: readonly LiftTreatment[];
  /** Last treated period; null for the last of the panel. */
  readonly end: string | null;
  readonly covariates: readonly Covariate[];
  readonly spend: Spend | null;
}

/** The starts of the treatments, in the order of time. */
export function startsOf({ panel, treatments }: Pick<LiftData, 'panel' | 'treatments'>): string[] {
  const starts = [...new Set(treatments.map(({ start }) => start))];
  return starts.toSorted((a, b) => panel.periods.indexOf(a) - panel.periods.indexOf(b));
}

/** Data without periods after the end of the treatment. */
export function cutToEnd(data: LiftData): LiftData {
  const { panel, end } = data;
  if (end === null) return data;
  const rows = panel.periods.indexOf(end) + 1;
  const cut = (matrix: Matrix): Matrix => {
    const result = zeros(rows, matrix.columns);
    for (let column = 0; column < matrix.columns; column++) {
      result.data.set(columnOf(matrix, column).subarray(0, rows), column * rows);
    }
    return result;
  };
  return {
    ...data,
    end: null,
    panel: { ...panel, periods: panel.periods.slice(0, rows), outcomes: cut(panel.outcomes) },
    covariates: data.covariates.map(({ name, values }) => ({ name, values: cut(values) })),
  };
}

/** The study of a treatment with one start. Throws NO_OVERLAP for several, and what studyOf throws. */
export function studyOfLift(data: LiftData): Study {
  const [start, ...others] = startsOf(data);
  if (others.length > 0) {
    const text = `The treatments start in ${[start, ...others].join(', ')}. This method takes one start; use difference in differences, or evaluate each start by itself.`;
    throw new Problem('NO_OVERLAP', text, { starts: [start, ...others] });
  }
  return studyOf(data.panel, {
    units: data.treatments.map(({ unit }) => unit),
    start: start ?? '',
    ...(data.end === null ? {} : { end: data.end }),
  });
}
