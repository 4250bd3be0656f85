/** Values of one channel, region after region, each `periods` long. */
export interface ChannelSeries {
  readonly name: string;
  readonly spend: Float64Array;
  /** What worked, e.g. impressions; the spend itself when absent. */
  readonly media?: Float64Array;
}

/** A named column: one value per region and period. */
export interface NamedSeries {
  readonly name: string;
  readonly values: Float64Array;
}

/** What a mix model is fitted to: evenly spaced periods, one or more regions. Row of region g, period t: g T + t. */
export interface MixData {
  /** First day of every period, YYYY-MM-DD. */
  readonly dates: readonly string[];
  /** One name when the data is national. */
  readonly geos: readonly string[];
  /** People per region; all alike when absent. */
  readonly populations?: Float64Array;
  readonly kpi: Float64Array;
  readonly channels: readonly ChannelSeries[];
  readonly controls: readonly NamedSeries[];
  /** Holidays and events: 0 where they are not, 1 or a strength where they are. */
  readonly events: readonly NamedSeries[];
}

/** The first `periods` of every stretch of `all` values. */
export function firstOfRegions(values: Float64Array, all: number, periods: number): Float64Array {
  const geos = values.length / all;
  const result = new Float64Array(geos * periods);
  for (let geo = 0; geo < geos; geo++) result.set(values.subarray(geo * all, geo * all + periods), geo * periods);
  return result;
}
