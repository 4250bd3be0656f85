import { selectMarkets, type Design, type SelectionOptions } from '../geo-lift/select-markets.pure.ts';
import type { CandidateRules } from '../geo-lift/candidate-markets.pure.ts';
import { Problem, type ProblemKind } from '../numerics/problem.pure.ts';
import type { Panel } from '../synthetic-control/panel.pure.ts';
import { analyseGeo, type GeoFindings, type GeoQuestion } from './analyse-geo.pure.ts';

export interface SelectionTask {
  readonly history: Panel;
  readonly candidates: CandidateRules | readonly (readonly string[])[];
  readonly options: Partial<Omit<SelectionOptions, 'progress'>>;
  /** One shared number: the parts of `progressParts` that are done. */
  readonly progress: SharedArrayBuffer;
}

export const progressParts = 1000;

/** What a thread gives back: errors would lose their class and details on the way out. */
export type Answer<T> =
  | { readonly value: T }
  | {
      readonly problem: { readonly kind: ProblemKind; readonly message: string; readonly details: Problem['details'] };
    };

/** Entry of the worker thread: searches markets. */
export function select({ history, candidates, options, progress }: SelectionTask): Answer<Design[]> {
  const parts = new Int32Array(progress);
  return answerOf(() =>
    selectMarkets(history, candidates, {
      ...options,
      progress: (done, total) => void Atomics.store(parts, 0, Math.round((progressParts * done) / total)),
    }),
  );
}

/** Entry of the worker thread: evaluates a geo experiment. */
export function evaluate(question: GeoQuestion): Answer<GeoFindings> {
  return answerOf(() => analyseGeo(question));
}

function answerOf<T>(work: () => T): Answer<T> {
  try {
    return { value: work() };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { kind, message, details } = error;
    return { problem: { kind, message, details } };
  }
}
