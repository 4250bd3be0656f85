import { logPrior, logPriorSlope } from '../mcmc/priors.pure.ts';
import { slopeOf } from '../mcmc/transforms.pure.ts';
import { sumOf } from '../numerics/moments.pure.ts';
import { carry, lagProducts, lagWeights, writeLagWeights, type LagWeights } from './carry-over.pure.ts';
import { firstOfRegions } from './mix-data.pure.ts';
import type { ChannelPlaces, MixLayout } from './mix-layout.pure.ts';
import type { PreparedChannel, PreparedMix } from './prepare-mix.pure.ts';
import { responseOf, writeResponse, type Response } from './saturation.pure.ts';

/**
 * What one channel adds to the mean, and the gradient of the log density by its parameters.
 *
 * The sampled effect is the channel's mean contribution t per row; with the saturated media s, regional factors e and
 * heads h, the contribution of a row is c e s with c = t n / S and S = sum of h e s. The data fixes t far better than
 * c and the shape of the curve one by one, which is why chains move easily in t.
 */
export class ChannelEffect {
  /** e s per row: the contribution for c = 1. */
  readonly shape: Float64Array;
  /** What a row of shape is multiplied by. */
  factor = 0;
  private readonly channel: PreparedChannel;
  private readonly places: ChannelPlaces;
  private readonly layout: MixLayout;
  private readonly periods: number;
  private readonly heads: Float64Array;
  private readonly headsTotal: number;
  private readonly media: Float64Array;
  /** Carried-over media of the rows, then the points of the lift rows: before, after, before, … */
  private readonly points: Float64Array;
  private readonly carried: Float64Array;
  private readonly weights: LagWeights;
  private readonly response: Response;
  private readonly adjoint: Float64Array;
  private readonly products: Float64Array;
  private readonly factors: Float64Array;
  private readonly carryOverValues: Float64Array;
  private readonly saturationValues: Float64Array;
  private total = 0;
  /** Effect prior: value in the units of the prior, and the KPI per spend of t = 1. */
  private readonly roiOfOne: number;

  constructor(mix: PreparedMix, layout: MixLayout, index: number) {
    this.channel = mix.channels[index]!;
    this.places = layout.channels[index]!;
    this.layout = layout;
    this.periods = mix.trained;
    this.heads = mix.heads;
    this.headsTotal = sumOf(mix.heads);
    this.media = firstOfRegions(this.channel.media, mix.periods, mix.trained);
    const rows = this.media.length;
    this.points = new Float64Array(rows + 2 * this.channel.lift.length);
    this.carried = this.points.subarray(0, rows);
    this.channel.lift.forEach(({ before, after }, row) => this.points.set([before, after], rows + 2 * row));
    this.weights = lagWeights(this.channel.carryOver);
    this.response = responseOf(this.channel.saturation.kind, this.points.length);
    this.adjoint = new Float64Array(this.points.length);
    this.products = new Float64Array(this.weights.weights.length);
    this.factors = new Float64Array(mix.geos).fill(1);
    this.shape = new Float64Array(rows);
    this.carryOverValues = new Float64Array(this.weights.slopes.length);
    this.saturationValues = new Float64Array(this.response.byParameter.length);
    this.roiOfOne = (rows * mix.kpiScale) / this.channel.totalSpend;
  }

  /** Computes `shape` and `factor` from the values of all parameters. */
  forward(values: Float64Array): void {
    const { places, factors, carryOverValues, saturationValues } = this;
    for (let i = 0; i < carryOverValues.length; i++) carryOverValues[i] = values[places.carryOver + i]!;
    for (let i = 0; i < saturationValues.length; i++) saturationValues[i] = values[places.saturation + i]!;
    if (places.spread >= 0) {
      const spread = values[places.spread]!;
      for (let geo = 0; geo < factors.length; geo++) factors[geo] = Math.exp(spread * values[places.geos + geo]!);
    }
    writeLagWeights(this.channel.carryOver.kind, carryOverValues, this.weights);
    carry(this.media, this.periods, this.weights.weights, this.carried);
    writeResponse(this.channel.saturation.kind, saturationValues, this.points, this.response);
    const { value } = this.response;
    this.total = 0;
    for (let geo = 0; geo < factors.length; geo++) {
      const factor = factors[geo]!;
      let sum = 0;
      for (let row = geo * this.periods; row < (geo + 1) * this.periods; row++) {
        this.shape[row] = factor * value[row]!;
        sum += value[row]!;
      }
      this.total += this.heads[geo]! * factor * sum;
    }
    this.factor = (values[places.effect]! * this.shape.length) / this.total;
  }

  /**
   * Adds the prior of the effect and the lift rows to the log density, which is returned, and writes the gradient by
   * the positions of this channel's parameters; `slope` is the slope of the log likelihood by the mean of each row.
   * Priors of the other parameters are not included.
   */
  backward(values: Float64Array, slope: Float64Array, gradient: Float64Array): number {
    const { adjoint, shape, factor, places } = this;
    // Slope by ln c, from the rows, the lift rows and a prior on c.
    let byFactor = 0;
    for (let row = 0; row < shape.length; row++) byFactor += slope[row]! * shape[row]!;
    byFactor *= factor;
    let log = 0;
    const lift = this.liftTerms();
    log += lift.log;
    byFactor += lift.byFactor;
    const prior = this.effectPrior(values[places.effect]!);
    log += prior.log;
    gradient[places.effect] = byFactor + prior.slope;
    byFactor += prior.onFactor ? prior.slope : 0;
    const pull = byFactor / this.total;
    const { value } = this.response;
    for (let geo = 0; geo < this.factors.length; geo++) {
      const e = this.factors[geo]!;
      const head = this.heads[geo]! * pull;
      let byLogFactor = 0;
      for (let row = geo * this.periods; row < (geo + 1) * this.periods; row++) {
        adjoint[row] = e * (factor * slope[row]! - head);
        byLogFactor += adjoint[row]! * value[row]!;
      }
      this.geoGradient(geo, byLogFactor + lift.byGeo[geo]!, values, gradient);
    }
    this.parameterGradient(gradient);
    return log;
  }

  private geoGradient(geo: number, byLogFactor: number, values: Float64Array, gradient: Float64Array): void {
    const { spread, geos } = this.places;
    if (spread < 0) return;
    if (geo === 0) gradient[spread] = 0;
    gradient[spread]! += byLogFactor * values[geos + geo]! * values[spread]!;
    gradient[geos + geo] = byLogFactor * values[spread]!;
  }

  /** From the slopes by responses to those by parameters, and by positions. */
  private parameterGradient(gradient: Float64Array): void {
    const { adjoint, response, weights, places, products } = this;
    this.saturationValues.forEach((value, index) => {
      const byParameter = response.byParameter[index]!;
      let sum = 0;
      for (let point = 0; point < adjoint.length; point++) sum += adjoint[point]! * byParameter[point]!;
      gradient[places.saturation + index] = sum * this.slopeAt(places.saturation + index, value);
    });
    if (weights.slopes.length === 0) return;
    for (let row = 0; row < this.media.length; row++) adjoint[row] = adjoint[row]! * response.byPoint[row]!;
    lagProducts(this.media, this.periods, adjoint, products);
    this.carryOverValues.forEach((value, index) => {
      const byLag = weights.slopes[index]!;
      let sum = 0;
      for (let lag = 0; lag < byLag.length; lag++) sum += products[lag]! * byLag[lag]!;
      gradient[places.carryOver + index] = sum * this.slopeAt(places.carryOver + index, value);
    });
  }

  private slopeAt(place: number, value: number): number {
    return slopeOf(this.layout.parameters[place]!.support, value);
  }

  /** Experiments: the change of KPI between two levels of media is normal around the model's, with its standard error. */
  private liftTerms(): { log: number; byFactor: number; byGeo: Float64Array } {
    const rows = this.media.length;
    const byGeo = new Float64Array(this.factors.length);
    let [log, byFactor] = [0, 0];
    this.channel.lift.forEach(({ change, standardError, geo }, index) => {
      const [before, after] = [rows + 2 * index, rows + 2 * index + 1];
      let regions = 0;
      for (let g = 0; g < byGeo.length; g++) if (geo < 0 || g === geo) regions += this.heads[g]! * this.factors[g]!;
      const response = this.response.value[after]! - this.response.value[before]!;
      const missing = change - this.factor * regions * response;
      const slope = missing / (standardError * standardError);
      log -= 0.5 * missing * slope;
      byFactor += slope * this.factor * regions * response;
      this.adjoint[before] = -slope * this.factor * regions;
      this.adjoint[after] = slope * this.factor * regions;
      for (let g = 0; g < byGeo.length; g++) {
        if (geo < 0 || g === geo) byGeo[g]! += slope * this.factor * this.heads[g]! * this.factors[g]! * response;
      }
    });
    return { log, byFactor, byGeo };
  }

  /** The prior of the effect as a density of ln t, and its slope by ln t; `onFactor` when it is a prior of c. */
  private effectPrior(effect: number): { log: number; slope: number; onFactor: boolean } {
    const { kind, prior } = this.channel.effect;
    const value = kind === 'roi' ? effect * this.roiOfOne : this.factor;
    const log = logPrior(prior, value) + Math.log(value);
    return { log, slope: value * logPriorSlope(prior, value) + 1, onFactor: kind === 'effect' };
  }
}
