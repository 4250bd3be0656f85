import { describe, expect, it } from 'vitest';
import { drawPrior } from '../mcmc/priors.pure.ts';
import { chiSquareSurvival } from '../numerics/distributions.pure.ts';
import { stream, type RandomStream } from '../numerics/random/stream.pure.ts';
import { carry, lagWeights, writeLagWeights } from './carry-over.pure.ts';
import { assembleFit, sampleMixChain } from './fit-mix-model.pure.ts';
import { layOut } from './mix-layout.pure.ts';
import { defaultMixSettings, type MixSettings } from './mix-settings.pure.ts';
import { prepareMix, type PreparedMix } from './prepare-mix.pure.ts';
import { responseOf, writeResponse } from './saturation.pure.ts';
import { simulateMix } from './testing/simulate-mix.pure.ts';

const weeks = 52;
const worlds = 60;
/** Every so many draws one is kept, so that those kept are nearly independent; ranks run from 0 to 19. */
const [thin, kept] = [16, 19];
const settings: MixSettings = { ...defaultMixSettings, seasonality: [] };
const { data } = simulateMix(4, weeks, [
  { name: 'a', decay: 0, rate: 1, strength: 0 },
  { name: 'b', decay: 0, rate: 1, strength: 0 },
]);
const mix = prepareMix(data, settings);
const layout = layOut(mix);

/** A world from the prior: its KPI in the units of the model, and the numbers whose ranks are looked at. */
function drawWorld(random: RandomStream): { kpi: Float64Array; truth: number[] } {
  const noise = drawPrior(settings.noise, random);
  const kpi = Float64Array.from({ length: weeks }, () => noise * random.normal());
  const slopes = mix.terms.map(({ values, sd }) => {
    const coefficient = sd * random.normal();
    values.forEach((value, row) => (kpi[row]! += coefficient * value));
    return coefficient;
  });
  const truth = [noise, slopes[1]!];
  for (const { media, carryOver, saturation, effect } of mix.channels) {
    if (carryOver.kind !== 'geometric' || saturation.kind !== 'logistic') throw new Error('Other settings are needed.');
    const [decay, rate] = [drawPrior(carryOver.rate, random), drawPrior(saturation.rate, random)];
    const factor = drawPrior(effect.prior, random);
    const weights = lagWeights(carryOver);
    writeLagWeights('geometric', Float64Array.of(decay), weights);
    const carried = new Float64Array(weeks);
    carry(media, weeks, weights.weights, carried);
    const response = responseOf('logistic', weeks);
    writeResponse('logistic', Float64Array.of(rate), carried, response);
    response.value.forEach((value, row) => (kpi[row]! += factor * value));
    truth.push(decay, rate, factor);
  }
  return { kpi, truth };
}

/** The same numbers under draws of the posterior. */
function drawsOf(world: PreparedMix, seed: number): number[][] {
  const sampler = { seed, chains: 1, warmup: 250, draws: thin * kept, targetAcceptance: 0.9 };
  const fit = assembleFit(world, [sampleMixChain(world, sampler, 0)], seed);
  return Array.from({ length: kept }, (_, place) => {
    const draw = place * thin + thin - 1;
    const value = (index: number): number => fit.values[draw * layout.dimension + index]!;
    const channels = layout.channels.flatMap(({ carryOver, saturation }, index) => [
      value(carryOver),
      value(saturation),
      fit.factors[draw * 2 + index]!,
    ]);
    return [value(layout.noise), fit.coefficients[draw * mix.terms.length + 1]!, ...channels];
  });
}

describe('the posterior of the mix model', () => {
  // Talts, Betancourt, Simpson, Vehtari and Gelman 2018, "Validating Bayesian inference algorithms".
  it('ranks truths drawn from the prior evenly (simulation-based calibration)', () => {
    const names = ['noise', 'trend', 'decay a', 'rate a', 'effect a', 'decay b', 'rate b', 'effect b'];
    const bins = names.map(() => new Float64Array(5));
    let inside = 0;
    for (let world = 0; world < worlds; world++) {
      const { kpi, truth } = drawWorld(stream(11, world));
      const draws = drawsOf({ ...mix, kpi }, world);
      truth.forEach((value, index) => {
        const rank = draws.filter((draw) => draw[index]! < value).length;
        bins[index]![Math.floor(rank / 4)]!++;
        if (rank >= 1 && rank <= kept - 1) inside++;
      });
    }
    bins.forEach((counts, index) => {
      const statistic = counts.reduce((sum, count) => sum + (count - worlds / 5) ** 2 / (worlds / 5), 0);
      expect(chiSquareSurvival(statistic, 4), `${names[index]}: ${counts.join(' ')}`).toBeGreaterThan(0.002);
    });
    // The range of 19 draws holds the next one 18 times of 20.
    expect(Math.abs(inside / (worlds * names.length) - 0.9)).toBeLessThan(0.04);
  }, 60_000);
});
