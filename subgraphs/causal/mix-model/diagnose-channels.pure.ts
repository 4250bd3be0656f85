import { drawPrior } from '../mcmc/priors.pure.ts';
import { fromColumns } from '../numerics/linear/matrix.pure.ts';
import { svd } from '../numerics/linear/svd.pure.ts';
import { meanOf } from '../numerics/moments.pure.ts';
import { stream } from '../numerics/random/stream.pure.ts';
import { correlation } from './check-mix-data.pure.ts';
import type { MixFit } from './fit-mix-model.pure.ts';
import { intervalOf, type Interval } from './interval.pure.ts';

export interface ChannelDiagnosis {
  readonly name: string;
  /** Variance inflation against all other channels, trend, season, events and controls; above 10 is too much. */
  readonly varianceInflation: number;
  /** The channel that moves most like it. */
  readonly closest: { readonly name: string; readonly correlation: number } | null;
  /** Standard deviation of the media over its mean. */
  readonly variation: number;
  /** The belief before the data, in the units of the effect prior, and after it. */
  readonly prior: Interval;
  readonly posterior: Interval;
  /** Distance of the means in prior standard deviations. */
  readonly shift: number;
  /** 1 - posterior variance / prior variance; near 0 the data said nothing. */
  readonly learned: number;
}

interface Column {
  readonly name: string;
  readonly values: Float64Array;
}

/** Media and linear terms but for the levels, centred on the training periods and scaled to length 1. */
export function trainedColumns({ mix }: MixFit): Column[] {
  const columns = [
    ...mix.channels.map(({ name, media }) => ({ name, values: media })),
    ...mix.terms.filter(({ group }) => group !== 'intercept'),
  ];
  return columns.flatMap(({ name, values }) => {
    const seen = values.filter((_, row) => row % mix.periods < mix.trained);
    const mean = meanOf(seen);
    const centred = seen.map((value) => value - mean);
    const length = Math.hypot(...centred);
    return length > 0 ? [{ name, values: centred.map((value) => value / length) }] : [];
  });
}

/** Largest over smallest singular value. */
export function conditionNumber(columns: readonly Float64Array[]): number {
  const { values } = svd(fromColumns(columns));
  return values[0]! / values.at(-1)!;
}

/** 1 / (1 - R²) of a column on all others, by the singular values of the others. */
function varianceInflation(columns: readonly Column[], index: number): number {
  const others = columns.filter((_, other) => other !== index).map(({ values }) => values);
  if (others.length === 0) return 1;
  const target = columns[index]!.values;
  const { u, values } = svd(fromColumns(others));
  let explained = 0;
  for (let place = 0; place < values.length; place++) {
    if (!(values[place]! > 1e-10 * values[0]!)) break;
    let part = 0;
    for (let row = 0; row < target.length; row++) part += target[row]! * u.data[place * u.rows + row]!;
    explained += part * part;
  }
  return 1 / Math.max(1e-12, 1 - explained);
}

/** How far a channel can be told from the rest, and what the data said about it. */
export function diagnoseChannel(fit: MixFit, index: number, columns: readonly Column[]): ChannelDiagnosis {
  const { mix } = fit;
  const channel = mix.channels[index]!;
  const seen = channel.media.filter((_, row) => row % mix.periods < mix.trained);
  const mean = meanOf(seen);
  const likeness = mix.channels.flatMap(({ name }, other) =>
    other === index ? [] : [{ name, correlation: correlation(columns[index]!.values, columns[other]!.values) }],
  );
  return {
    name: channel.name,
    varianceInflation: varianceInflation(columns, index),
    closest: likeness.sort((a, b) => b.correlation - a.correlation)[0] ?? null,
    variation: Math.sqrt(meanOf(seen.map((value) => (value - mean) ** 2))) / mean,
    ...compareWithPrior(fit, index),
  };
}

/** The effect in the units of its prior, before and after the data. The prior is drawn with a fixed seed. */
function compareWithPrior(
  fit: MixFit,
  index: number,
): Pick<ChannelDiagnosis, 'prior' | 'posterior' | 'shift' | 'learned'> {
  const { mix, layout } = fit;
  const { effect, totalSpend } = mix.channels[index]!;
  const random = stream(0, index);
  const before = Float64Array.from({ length: 4000 }, () => drawPrior(effect.prior, random));
  const rows = mix.geos * mix.trained;
  const after = Float64Array.from({ length: fit.draws }, (_, draw) =>
    effect.kind === 'effect'
      ? fit.factors[draw * mix.channels.length + index]!
      : (fit.values[draw * layout.dimension + layout.channels[index]!.effect]! * rows * mix.kpiScale) / totalSpend,
  );
  const [first, second] = [momentsOf(before), momentsOf(after)];
  return {
    prior: intervalOf(before),
    posterior: intervalOf(after),
    shift: (second.mean - first.mean) / Math.sqrt(first.variance),
    learned: 1 - second.variance / first.variance,
  };
}

function momentsOf(values: Float64Array): { mean: number; variance: number } {
  const mean = meanOf(values);
  return { mean, variance: meanOf(values.map((value) => (value - mean) ** 2)) };
}
