import type { MixFit } from './fit-mix-model.pure.ts';

/** Draws of a posterior, spread evenly over all, with what they belong to: enough to predict again. */
export interface KeptPosterior {
  readonly draws: number;
  /** Periods the model was fitted to. */
  readonly trained: number;
  readonly dimension: number;
  readonly channels: readonly string[];
  readonly geos: readonly string[];
  /** Names of the linear terms. */
  readonly terms: readonly string[];
  /** draws x dimension. */
  readonly values: Float64Array;
  /** draws x channels. */
  readonly factors: Float64Array;
  /** draws x terms. */
  readonly coefficients: Float64Array;
}

const [mostDraws, fewestDraws, mostNumbers] = [400, 100, 60_000];

/** Thins a posterior to at most 400 draws, fewer where there are many parameters. */
export function keepPosterior({ mix, layout, draws, values, factors, coefficients }: MixFit): KeptPosterior {
  const width = layout.dimension + mix.channels.length + mix.terms.length;
  const fitting = Math.max(fewestDraws, Math.min(mostDraws, Math.floor(mostNumbers / width)));
  const count = Math.min(draws, fitting);
  const thin = (all: Float64Array, columns: number): Float64Array => {
    const kept = new Float64Array(count * columns);
    for (let place = 0; place < count; place++) {
      const draw = Math.floor((place * draws) / count);
      kept.set(all.subarray(draw * columns, (draw + 1) * columns), place * columns);
    }
    return kept;
  };
  return {
    draws: count,
    trained: mix.trained,
    dimension: layout.dimension,
    channels: mix.channels.map(({ name }) => name),
    geos: [...mix.data.geos],
    terms: mix.terms.map(({ name }) => name),
    values: thin(values, layout.dimension),
    factors: thin(factors, mix.channels.length),
    coefficients: thin(coefficients, mix.terms.length),
  };
}
