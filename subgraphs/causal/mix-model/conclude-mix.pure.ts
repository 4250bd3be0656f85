import type { Convergence } from '../mcmc/diagnose-chains.pure.ts';
import { drawPrior, type Prior } from '../mcmc/priors.pure.ts';
import { stream } from '../numerics/random/stream.pure.ts';
import { meanOf } from '../numerics/moments.pure.ts';
import { compareExperiments, type ExperimentAgreement } from './compare-experiments.pure.ts';
import { diagnoseMix, type MixDiagnosis } from './diagnose-mix.pure.ts';
import type { MixFit } from './fit-mix-model.pure.ts';
import { intervalOf, type Interval } from './interval.pure.ts';
import { keepPosterior, type KeptPosterior } from './keep-posterior.pure.ts';
import { predictMix, type Band } from './predict-mix.pure.ts';
import { summariseMix, type MixSummary } from './summarise-mix.pure.ts';

/** The posterior of one parameter, beside its prior, and how far to trust it. */
export interface ParameterSummary extends Interval, Convergence {
  readonly name: string;
  /** Null for effects, whose prior may be on a function of them; the diagnosis of their channel has it. */
  readonly prior: Interval | null;
  /** Distance of the means in standard deviations of the prior. */
  readonly shift: number | null;
  /** 1 - posterior variance / prior variance. */
  readonly learned: number | null;
}

/** What is kept of a fit. */
export interface MixResult {
  readonly diagnosis: MixDiagnosis;
  readonly parameters: readonly ParameterSummary[];
  /** By period, over all regions. */
  readonly fit: Band & { readonly actual: Float64Array };
  readonly experiments: readonly ExperimentAgreement[];
  /** Contributions, returns and curves; null where the diagnosis refuses them. */
  readonly summary: MixSummary | null;
  /** To predict from; null where the diagnosis refuses contributions. */
  readonly posterior: KeptPosterior | null;
}

/** Diagnoses a fit and lets its results out only where nothing speaks against them. */
export function concludeMix(fit: MixFit): MixResult {
  const summary = summariseMix(fit);
  const predicted = predictMix(fit);
  const diagnosis = diagnoseMix(fit, summary, predicted.rows);
  const { kpi, dates } = fit.mix.data;
  const actual = new Float64Array(dates.length);
  for (let row = 0; row < kpi.length; row++) actual[row % dates.length]! += kpi[row]!;
  return {
    diagnosis,
    parameters: parametersOf(fit),
    fit: { ...predicted.periods, actual },
    experiments: compareExperiments(fit),
    summary: diagnosis.refusals.length === 0 ? summary : null,
    posterior: diagnosis.refusals.length === 0 ? keepPosterior(fit) : null,
  };
}

function parametersOf({ layout, mix, values, draws, convergence }: MixFit): ParameterSummary[] {
  return convergence.map((converged, index) => {
    const channel = layout.channels.findIndex(({ effect }) => effect === index);
    const parameter = layout.parameters[index];
    const name = parameter?.name ?? `${mix.channels[channel]!.name}: mean effect`;
    const column = Float64Array.from({ length: draws }, (_, draw) => values[draw * layout.dimension + index]!);
    return { name, ...intervalOf(column), ...converged, ...besidePrior(parameter?.prior ?? null, column) };
  });
}

/** The prior is drawn with a fixed seed. */
function besidePrior(prior: Prior | null, after: Float64Array): Pick<ParameterSummary, 'prior' | 'shift' | 'learned'> {
  if (!prior) return { prior: null, shift: null, learned: null };
  const random = stream(0, 7);
  const before = Float64Array.from({ length: 2000 }, () => drawPrior(prior, random));
  const [first, second] = [momentsOf(before), momentsOf(after)];
  return {
    prior: intervalOf(before),
    shift: (second.mean - first.mean) / Math.sqrt(first.variance),
    learned: 1 - second.variance / first.variance,
  };
}

function momentsOf(values: Float64Array): { mean: number; variance: number } {
  const mean = meanOf(values);
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
}
