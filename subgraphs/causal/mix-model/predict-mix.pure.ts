import { addScaled } from '../numerics/linear/matrix.pure.ts';
import { stream } from '../numerics/random/stream.pure.ts';
import { ChannelResponse } from './channel-response.pure.ts';
import type { MixFit } from './fit-mix-model.pure.ts';
import { intervalOf } from './interval.pure.ts';

const predictionDraws = 500;

/** What the model expects: mean, and the interval that holds 90 % with noise included. */
export interface Band {
  readonly mean: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * The KPI of every row and of every period over all regions as the model predicts it; held-out periods too. From draws
 * spread evenly over the posterior; the noise is seeded.
 */
export function predictMix(fit: MixFit): { rows: Band; periods: Band } {
  const { mix, layout } = fit;
  const rows = mix.kpi.length;
  const count = Math.min(predictionDraws, fit.draws);
  const random = stream(1, 2);
  const [byRow, byPeriod] = [new PointDraws(rows, count), new PointDraws(mix.periods, count)];
  const [current, part] = [new Float64Array(rows), new Float64Array(rows)];
  const responses = mix.channels.map((_, index) => new ChannelResponse(fit, index));
  for (let place = 0; place < count; place++) {
    const draw = Math.floor((place * fit.draws) / count);
    current.fill(mix.kpiMean);
    mix.terms.forEach(({ values }, index) =>
      addScaled(current, values, fit.coefficients[draw * mix.terms.length + index]! * mix.kpiScale),
    );
    for (let row = 0; row < rows; row++) current[row]! *= mix.heads[Math.floor(row / mix.periods)]!;
    for (const response of responses) {
      response.contributions(draw, 1, part);
      addScaled(current, part, 1);
    }
    const noise = fit.values[draw * layout.dimension + layout.noise]! * mix.kpiScale;
    for (let row = 0; row < rows; row++) {
      const around = noise * mix.heads[Math.floor(row / mix.periods)]! * random.normal();
      byRow.add(row, place, current[row]!, around);
      byPeriod.add(row % mix.periods, place, current[row]!, around);
    }
  }
  return { rows: byRow.band(), periods: byPeriod.band() };
}

/** Sums of expectation and noise of every point under every draw. */
class PointDraws {
  private readonly means: Float64Array;
  private readonly draws: readonly Float64Array[];
  private readonly count: number;

  constructor(points: number, count: number) {
    this.count = count;
    this.means = new Float64Array(points);
    this.draws = Array.from({ length: points }, () => new Float64Array(count));
  }

  add(point: number, draw: number, expected: number, noise: number): void {
    this.means[point]! += expected / this.count;
    this.draws[point]![draw]! += expected + noise;
  }

  band(): Band {
    const intervals = this.draws.map(intervalOf);
    return {
      mean: this.means,
      low: Float64Array.from(intervals, ({ low }) => low),
      high: Float64Array.from(intervals, ({ high }) => high),
    };
  }
}
