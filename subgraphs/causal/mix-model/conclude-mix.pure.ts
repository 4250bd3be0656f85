import type { Convergence } from '../mcmc/diagnose-chains.pure.ts';
import { diagnoseMix, type MixDiagnosis } from './diagnose-mix.pure.ts';
import type { MixFit } from './fit-mix-model.pure.ts';
import { intervalOf, type Interval } from './interval.pure.ts';
import { summariseMix, type MixSummary } from './summarise-mix.pure.ts';

/** The posterior of one parameter, and how far to trust it. */
export interface ParameterSummary extends Interval, Convergence {
  readonly name: string;
}

/** What is kept of a fit. */
export interface MixResult {
  readonly diagnosis: MixDiagnosis;
  readonly parameters: readonly ParameterSummary[];
  /** Contributions, returns and curves; null where the diagnosis refuses them. */
  readonly summary: MixSummary | null;
}

/** Diagnoses a fit and lets its results out only where nothing speaks against them. */
export function concludeMix(fit: MixFit): MixResult {
  const summary = summariseMix(fit);
  const diagnosis = diagnoseMix(fit, summary);
  return { diagnosis, parameters: parametersOf(fit), summary: diagnosis.refusals.length === 0 ? summary : null };
}

function parametersOf({ layout, mix, values, draws, convergence }: MixFit): ParameterSummary[] {
  return convergence.map((converged, index) => {
    const channel = layout.channels.findIndex(({ effect }) => effect === index);
    const name = layout.parameters[index]?.name ?? `${mix.channels[channel]!.name}: mean effect`;
    const column = Float64Array.from({ length: draws }, (_, draw) => values[draw * layout.dimension + index]!);
    return { name, ...intervalOf(column), ...converged };
  });
}
