import type { LogDensity } from '../mcmc/log-density.pure.ts';
import { logPrior, logPriorSlope } from '../mcmc/priors.pure.ts';
import { logJacobian, logJacobianSlope, slopeOf } from '../mcmc/transforms.pure.ts';
import type { RandomStream } from '../numerics/random/stream.pure.ts';
import { ChannelEffect } from './channel-effect.pure.ts';
import { LinearPosterior } from './linear-posterior.pure.ts';
import { firstOfRegions } from './mix-data.pure.ts';
import { layOut, valuesAt, type MixLayout } from './mix-layout.pure.ts';
import type { PreparedMix } from './prepare-mix.pure.ts';

/** The posterior of a mix model over shapes, effects and noise; linear coefficients are integrated out. */
export class MixDensity implements LogDensity {
  readonly layout: MixLayout;
  readonly dimension: number;
  private readonly kpi: Float64Array;
  private readonly linear: LinearPosterior;
  private readonly effects: readonly ChannelEffect[];
  private readonly values: Float64Array;
  private readonly residuals: Float64Array;
  private readonly slope: Float64Array;

  constructor(mix: PreparedMix) {
    this.layout = layOut(mix);
    this.dimension = this.layout.dimension;
    const cut = (values: Float64Array): Float64Array => firstOfRegions(values, mix.periods, mix.trained);
    this.kpi = cut(mix.kpi);
    this.linear = new LinearPosterior(
      mix.terms.map((term) => ({ ...term, values: cut(term.values) })),
      mix.trained,
    );
    this.effects = mix.channels.map((_, index) => new ChannelEffect(mix, this.layout, index));
    this.values = new Float64Array(this.dimension);
    this.residuals = new Float64Array(this.kpi.length);
    this.slope = new Float64Array(this.kpi.length);
  }

  evaluate(position: Float64Array, gradient: Float64Array): number {
    const { layout, values, slope } = this;
    this.explain(position);
    const noise = values[layout.noise]!;
    const likelihood = this.linear.evaluate(this.residuals, noise * noise, slope);
    let log = likelihood.log;
    // The slope by the mean is the negative of that by the residual.
    for (let row = 0; row < slope.length; row++) slope[row] = -slope[row]!;
    gradient[layout.noise] = likelihood.byVariance * 2 * noise * noise;
    for (const effect of this.effects) log += effect.backward(values, slope, gradient);
    for (let index = 0; index < layout.dimension; index++) {
      const parameter = layout.parameters[index];
      if (!parameter) continue;
      const { prior, support } = parameter;
      const value = values[index]!;
      log += logPrior(prior, value) + logJacobian(support, position[index]!);
      gradient[index]! += logPriorSlope(prior, value) * slopeOf(support, value) + logJacobianSlope(support, value);
    }
    return log;
  }

  /** The values of all parameters at a position, and a draw of the linear coefficients that go with them. */
  complete(position: Float64Array, random: RandomStream): { values: Float64Array; coefficients: Float64Array } {
    this.explain(position);
    const noise = this.values[this.layout.noise]!;
    return { values: this.values.slice(), coefficients: this.linear.draw(this.residuals, noise * noise, random) };
  }

  /** Factors c of the channels at the position explained last. */
  factors(): number[] {
    return this.effects.map(({ factor }) => factor);
  }

  private explain(position: Float64Array): void {
    const { residuals } = this;
    valuesAt(this.layout, position, this.values);
    residuals.set(this.kpi);
    for (const effect of this.effects) {
      effect.forward(this.values);
      const { shape, factor } = effect;
      for (let row = 0; row < residuals.length; row++) residuals[row] = residuals[row]! - factor * shape[row]!;
    }
  }
}
