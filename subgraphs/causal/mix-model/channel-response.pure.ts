import { halfLife } from '../numerics/transforms/carry-over.pure.ts';
import { carry, lagWeights, writeLagWeights, type LagWeights } from './carry-over.pure.ts';
import type { MixFit } from './fit-mix-model.pure.ts';
import type { ChannelPlaces } from './mix-layout.pure.ts';
import type { PreparedLift } from './prepare-mix.pure.ts';
import { responseOf, writeResponse, type Response } from './saturation.pure.ts';

/** What one channel contributes under any draw of the posterior, at the spend of the data or a multiple of it. */
export class ChannelResponse {
  private readonly fit: MixFit;
  private readonly index: number;
  private readonly places: ChannelPlaces;
  private readonly scaled: Float64Array;
  private readonly carried: Float64Array;
  private readonly weights: LagWeights;
  private readonly response: Response;
  private readonly twoPoints: Response;

  constructor(fit: MixFit, index: number) {
    this.fit = fit;
    this.index = index;
    this.places = fit.layout.channels[index]!;
    const { media, carryOver, saturation } = fit.mix.channels[index]!;
    this.scaled = new Float64Array(media.length);
    this.carried = new Float64Array(media.length);
    this.weights = lagWeights(carryOver);
    this.response = responseOf(saturation.kind, media.length);
    this.twoPoints = responseOf(saturation.kind, 2);
  }

  /** The contribution of every row, in the units of the KPI, when media is `multiple` of what it was. */
  contributions(draw: number, multiple: number, into: Float64Array): void {
    const { fit, places, scaled, weights } = this;
    const { mix, layout } = fit;
    const channel = mix.channels[this.index]!;
    const values = fit.values.subarray(draw * layout.dimension, (draw + 1) * layout.dimension);
    this.writeWeights(values);
    for (let row = 0; row < scaled.length; row++) scaled[row] = channel.media[row]! * multiple;
    carry(scaled, mix.periods, weights.weights, this.carried);
    const saturation = values.subarray(places.saturation, places.saturation + this.response.byParameter.length);
    writeResponse(channel.saturation.kind, saturation, this.carried, this.response);
    const factor = fit.factors[draw * mix.channels.length + this.index]! * mix.kpiScale;
    for (let geo = 0; geo < mix.geos; geo++) {
      const spread = places.spread < 0 ? 1 : Math.exp(values[places.spread]! * values[places.geos + geo]!);
      const each = factor * spread * mix.heads[geo]!;
      for (let row = geo * mix.periods; row < (geo + 1) * mix.periods; row++) {
        into[row] = each * this.response.value[row]!;
      }
    }
  }

  /** What a change between two levels of steady media changes of the KPI, as an experiment measures it. */
  liftOf(draw: number, { before, after, geo }: PreparedLift): number {
    const { fit, places } = this;
    const { mix, layout } = fit;
    const values = fit.values.subarray(draw * layout.dimension, (draw + 1) * layout.dimension);
    const { kind } = mix.channels[this.index]!.saturation;
    const parameters = values.subarray(places.saturation, places.saturation + this.response.byParameter.length);
    writeResponse(kind, parameters, Float64Array.of(before, after), this.twoPoints);
    const [low, high] = this.twoPoints.value;
    let regions = 0;
    for (let g = 0; g < mix.geos; g++) {
      if (geo >= 0 && g !== geo) continue;
      regions += mix.heads[g]! * (places.spread < 0 ? 1 : Math.exp(values[places.spread]! * values[places.geos + g]!));
    }
    return fit.factors[draw * mix.channels.length + this.index]! * mix.kpiScale * regions * (high! - low!);
  }

  /** Periods until half of the effect has come. */
  halfLife(draw: number): number {
    const { dimension } = this.fit.layout;
    this.writeWeights(this.fit.values.subarray(draw * dimension, (draw + 1) * dimension));
    return halfLife(this.weights.weights);
  }

  private writeWeights(values: Float64Array): void {
    const begin = this.places.carryOver;
    const parameters = values.subarray(begin, begin + this.weights.slopes.length);
    writeLagWeights(this.fit.mix.channels[this.index]!.carryOver.kind, parameters, this.weights);
  }
}
