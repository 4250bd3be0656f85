import { meanOf, sumOf } from '../numerics/moments.pure.ts';
import { linearTerms, type LinearTerm } from './linear-terms.pure.ts';
import { firstOfRegions, type MixData } from './mix-data.pure.ts';
import { channelSettings, type ChannelSettings, type LiftRow, type MixSettings } from './mix-settings.pure.ts';

/** A channel in the units of the model. */
export interface PreparedChannel extends ChannelSettings {
  readonly name: string;
  /** Media per head over the largest value seen while training. One value per row. */
  readonly media: Float64Array;
  /** Media of one model unit, in the units of the data and of an average region. */
  readonly mediaScale: number;
  /** In the units of the data, per row. */
  readonly spend: Float64Array;
  /** Spend while training, over all regions. */
  readonly totalSpend: number;
  /** Media per unit of spend, over the training periods. */
  readonly mediaPerSpend: number;
  readonly lift: readonly PreparedLift[];
}

/** A lift row in the units of the model. */
export interface PreparedLift {
  readonly before: number;
  readonly after: number;
  readonly change: number;
  readonly standardError: number;
  /** The region it was measured in; -1 for all. */
  readonly geo: number;
  readonly row: LiftRow;
}

/** Data in the units of the model: KPI centred and in standard deviations, per head of the population. */
export interface PreparedMix {
  readonly settings: MixSettings;
  readonly data: MixData;
  readonly periods: number;
  /** Periods used for fitting, the first ones. */
  readonly trained: number;
  readonly geos: number;
  /** Population of each region over the mean population. */
  readonly heads: Float64Array;
  readonly kpi: Float64Array;
  readonly kpiMean: number;
  readonly kpiScale: number;
  readonly channels: readonly PreparedChannel[];
  readonly terms: readonly LinearTerm[];
}

/** Brings checked data into the units of the model; scales are learned from the first `trained` periods alone. */
export function prepareMix(data: MixData, settings: MixSettings, trained = data.dates.length): PreparedMix {
  const periods = data.dates.length;
  const heads = headsOf(data);
  const perHead = (values: Float64Array): Float64Array =>
    values.map((value, row) => value / heads[Math.floor(row / periods)]!);
  const kpi = perHead(data.kpi);
  const seen = firstOfRegions(kpi, periods, trained);
  const kpiMean = meanOf(seen);
  const kpiScale = Math.sqrt(seen.reduce((sum, value) => sum + (value - kpiMean) ** 2, 0) / seen.length);
  const channels = data.channels.map((channel): PreparedChannel => {
    const media = perHead(channel.media ?? channel.spend);
    const mediaScale = firstOfRegions(media, periods, trained).reduce((most, value) => Math.max(most, value), 0);
    const totalSpend = sumOf(firstOfRegions(channel.spend, periods, trained));
    const totalMedia = sumOf(firstOfRegions(channel.media ?? channel.spend, periods, trained));
    const mediaPerSpend = totalMedia / totalSpend;
    const rows = settings.lift.filter((row) => row.channel === channel.name);
    return {
      ...channelSettings(settings, channel.name),
      name: channel.name,
      media: media.map((value) => value / mediaScale),
      mediaScale,
      spend: channel.spend,
      totalSpend,
      mediaPerSpend,
      lift: rows.map((row) => prepareLift(row, data, heads, mediaPerSpend / mediaScale, kpiScale)),
    };
  });
  return {
    settings,
    data,
    periods,
    trained,
    geos: data.geos.length,
    heads,
    kpi: kpi.map((value) => (value - kpiMean) / kpiScale),
    kpiMean,
    kpiScale,
    channels,
    terms: linearTerms(data, settings, trained),
  };
}

function headsOf({ populations, geos }: MixData): Float64Array {
  if (!populations) return new Float64Array(geos.length).fill(1);
  const mean = meanOf(populations);
  return populations.map((population) => population / mean);
}

/** `unitsPerSpend`: model units of media per unit of spend in an average region. */
function prepareLift(
  row: LiftRow,
  data: MixData,
  heads: Float64Array,
  unitsPerSpend: number,
  kpiScale: number,
): PreparedLift {
  const geo = row.geo === undefined ? -1 : data.geos.indexOf(row.geo);
  // Spend per average region, and spread over all regions by population when it is a total.
  const regions = geo < 0 ? data.geos.length : heads[geo]!;
  const units = (spend: number): number => (spend * unitsPerSpend) / regions;
  return {
    before: units(row.spend),
    after: units(row.spend + row.spendChange),
    change: row.kpiChange / kpiScale,
    standardError: row.standardError / kpiScale,
    geo,
    row,
  };
}
