import { addScaled } from '../numerics/linear/matrix.pure.ts';
import { stream } from '../numerics/random/stream.pure.ts';
import { ChannelResponse } from './channel-response.pure.ts';
import type { MixFit } from './fit-mix-model.pure.ts';
import { intervalOf } from './interval.pure.ts';

const predictionDraws = 500;

/**
 * The KPI of every row as the model predicts it, noise included in the 90 % interval; held-out periods too. From draws
 * spread evenly over the posterior; the noise is seeded.
 */
export function predictMix(fit: MixFit): { mean: Float64Array; low: Float64Array; high: Float64Array } {
  const { mix, layout } = fit;
  const rows = mix.kpi.length;
  const count = Math.min(predictionDraws, fit.draws);
  const random = stream(1, 2);
  const byRow = Array.from({ length: rows }, () => new Float64Array(count));
  const means = new Float64Array(rows);
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
      means[row]! += current[row]! / count;
      byRow[row]![place] = current[row]! + noise * mix.heads[Math.floor(row / mix.periods)]! * random.normal();
    }
  }
  const intervals = byRow.map(intervalOf);
  return {
    mean: means,
    low: Float64Array.from(intervals, ({ low }) => low),
    high: Float64Array.from(intervals, ({ high }) => high),
  };
}
