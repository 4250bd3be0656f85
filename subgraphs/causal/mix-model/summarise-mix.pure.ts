import { quantileOfSorted } from '../numerics/random/resample.pure.ts';
import { sumOf } from '../numerics/moments.pure.ts';
import { ChannelResponse } from './channel-response.pure.ts';
import type { MixFit } from './fit-mix-model.pure.ts';
import { intervalOf, type Interval } from './interval.pure.ts';
import type { TermGroup } from './linear-terms.pure.ts';

/** One part of the KPI over time, all regions together. */
export interface SeriesSummary {
  readonly name: string;
  readonly kind: TermGroup | 'channel';
  readonly mean: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Over all periods. */
  readonly total: Interval;
}

export interface ChannelSummary {
  readonly name: string;
  readonly spend: number;
  readonly contribution: Interval;
  /** Of the KPI. */
  readonly shareOfKpi: Interval;
  /** Of what all channels contribute. */
  readonly shareOfEffect: Interval;
  readonly roi: Interval;
  /** Gain per unit of spend of the last 1 % more. */
  readonly marginalRoi: Interval;
  /** Periods until half of the effect has come. */
  readonly halfLife: Interval;
  readonly curve: ResponseCurve;
  /** Empty in a national model. */
  readonly regions: readonly RegionSummary[];
}

/** What a channel did in one region. */
export interface RegionSummary {
  readonly region: string;
  readonly spend: number;
  readonly contribution: Interval;
  /** Null without spend. */
  readonly roi: Interval | null;
}

/** What a channel yields when its spend over the whole period is multiplied, its flighting kept. */
export interface ResponseCurve {
  /** Spend over the whole period, increasing from 0. */
  readonly spend: Float64Array;
  readonly mean: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** curveDraws x points: the curve under single draws, spread evenly over the posterior. */
  readonly draws: Float64Array;
  /** The spend from which on one active period in ten would lie beyond the highest that the data has. */
  readonly seenUpTo: number;
}

export interface MixSummary {
  readonly series: readonly SeriesSummary[];
  readonly channels: readonly ChannelSummary[];
  /** Of the KPI, by all channels together. */
  readonly mediaShare: Interval;
  /** Share of draws in which everything but media adds up to less than nothing. */
  readonly negativeBaseline: number;
}

const curveDraws = 200;
/** Multiples of the spend of the data at which curves are computed. */
const multiples = Float64Array.from({ length: 41 }, (_, index) => index / 16);

/** Contributions, returns and curves of a fitted model. */
export function summariseMix(fit: MixFit): MixSummary {
  const { mix } = fit;
  const responses = mix.channels.map((_, index) => new ChannelResponse(fit, index));
  const totals = mix.channels.map(() => new Float64Array(fit.draws));
  const regional = mix.channels.map(() => Array.from({ length: mix.geos }, () => new Float64Array(fit.draws)));
  const series = responses.map((response, index): SeriesSummary => {
    const rows = new Float64Array(mix.kpi.length);
    const write = (draw: number, into: Float64Array): void => {
      response.contributions(draw, 1, rows);
      addRegions(rows, mix.periods, into);
      for (let row = 0; row < rows.length; row++) {
        regional[index]![Math.floor(row / mix.periods)]![draw]! += rows[row]!;
      }
    };
    return summariseSeries(fit, mix.channels[index]!.name, 'channel', write, totals[index]!);
  });
  const baseline = baselineSeries(fit);
  const media = new Float64Array(fit.draws);
  for (const total of totals) for (let draw = 0; draw < fit.draws; draw++) media[draw]! += total[draw]!;
  const channels = responses.map((response, index) => ({
    ...summariseChannel(fit, index, response, totals[index]!, media),
    regions: summariseRegions(fit, index, regional[index]!),
  }));
  const kpi = sumOf(mix.data.kpi);
  const negative = baseline.totals.reduce((count, total) => count + (total < 0 ? 1 : 0), 0);
  return {
    series: [...baseline.series, ...series],
    channels,
    mediaShare: intervalOf(media.map((total) => total / kpi)),
    negativeBaseline: negative / fit.draws,
  };
}

function summariseRegions({ mix }: MixFit, index: number, totals: readonly Float64Array[]): RegionSummary[] {
  if (mix.geos === 1) return [];
  const { spend } = mix.channels[index]!;
  return totals.map((draws, geo) => {
    const spent = sumOf(spend.subarray(geo * mix.periods, (geo + 1) * mix.periods));
    return {
      region: mix.data.geos[geo]!,
      spend: spent,
      contribution: intervalOf(draws),
      roi: spent > 0 ? intervalOf(draws.map((total) => total / spent)) : null,
    };
  });
}

/** Adds up the regions of every period. */
function addRegions(rows: Float64Array, periods: number, into: Float64Array): void {
  into.fill(0);
  for (let row = 0; row < rows.length; row++) into[row % periods]! += rows[row]!;
}

/** `write` gives the values of one draw by period; their sums go to `totals`. */
function summariseSeries(
  fit: MixFit,
  name: string,
  kind: SeriesSummary['kind'],
  write: (draw: number, into: Float64Array) => void,
  totals: Float64Array,
): SeriesSummary {
  const { periods } = fit.mix;
  const byPeriod = Array.from({ length: periods }, () => new Float64Array(fit.draws));
  const current = new Float64Array(periods);
  for (let draw = 0; draw < fit.draws; draw++) {
    write(draw, current);
    let total = 0;
    for (let period = 0; period < periods; period++) {
      byPeriod[period]![draw] = current[period]!;
      total += current[period]!;
    }
    totals[draw] = total;
  }
  return { name, kind, ...bandOf(byPeriod), total: intervalOf(totals) };
}

function bandOf(points: readonly Float64Array[]): { mean: Float64Array; low: Float64Array; high: Float64Array } {
  const intervals = points.map(intervalOf);
  return {
    mean: Float64Array.from(intervals, ({ mean }) => mean),
    low: Float64Array.from(intervals, ({ low }) => low),
    high: Float64Array.from(intervals, ({ high }) => high),
  };
}

/** The groups of linear terms, with the mean of the KPI inside the intercept, and the totals of all of them by draw. */
function baselineSeries(fit: MixFit): { series: SeriesSummary[]; totals: Float64Array } {
  const { mix } = fit;
  const groups = [...new Set(mix.terms.map(({ group }) => group))];
  const totals = new Float64Array(fit.draws);
  const headsTotal = sumOf(mix.heads);
  const series = groups.map((group) => {
    const terms = mix.terms.flatMap((term, index) => (term.group === group ? [{ ...term, index }] : []));
    const own = terms.map(({ values, index }) => ({ index, periods: headsByPeriod(fit, values) }));
    const level = group === 'intercept' ? mix.kpiMean * headsTotal : 0;
    const write = (draw: number, into: Float64Array): void => {
      into.fill(level);
      for (const { index, periods } of own) {
        const coefficient = fit.coefficients[draw * mix.terms.length + index]! * mix.kpiScale;
        for (let period = 0; period < into.length; period++) into[period]! += coefficient * periods[period]!;
      }
    };
    const groupTotals = new Float64Array(fit.draws);
    const summary = summariseSeries(fit, group, group, write, groupTotals);
    for (let draw = 0; draw < fit.draws; draw++) totals[draw]! += groupTotals[draw]!;
    return summary;
  });
  return { series, totals };
}

/** A column times the heads of its regions, added up by period. */
function headsByPeriod({ mix }: MixFit, values: Float64Array): Float64Array {
  const result = new Float64Array(mix.periods);
  for (let row = 0; row < values.length; row++) {
    result[row % mix.periods]! += values[row]! * mix.heads[Math.floor(row / mix.periods)]!;
  }
  return result;
}

function summariseChannel(
  fit: MixFit,
  index: number,
  response: ChannelResponse,
  totals: Float64Array,
  media: Float64Array,
): Omit<ChannelSummary, 'regions'> {
  const channel = fit.mix.channels[index]!;
  const spend = sumOf(channel.spend);
  const kpi = sumOf(fit.mix.data.kpi);
  const rows = new Float64Array(fit.mix.kpi.length);
  const byDraw = (value: (draw: number) => number): Interval =>
    intervalOf(Float64Array.from(totals, (_, draw) => value(draw)));
  return {
    name: channel.name,
    spend,
    contribution: intervalOf(totals),
    shareOfKpi: byDraw((draw) => totals[draw]! / kpi),
    shareOfEffect: byDraw((draw) => totals[draw]! / media[draw]!),
    roi: byDraw((draw) => totals[draw]! / spend),
    marginalRoi: byDraw((draw) => {
      response.contributions(draw, 1.01, rows);
      return (sumOf(rows) - totals[draw]!) / (0.01 * spend);
    }),
    halfLife: byDraw((draw) => response.halfLife(draw)),
    curve: responseCurve(fit, response, spend, seenMultiple(channel.media)),
  };
}

/** The highest value over the 90 % quantile of those above 0. */
function seenMultiple(media: Float64Array): number {
  const active = media.filter((value) => value > 0).sort();
  return active.at(-1)! / quantileOfSorted(active, 0.9);
}

function responseCurve(fit: MixFit, response: ChannelResponse, spend: number, seen: number): ResponseCurve {
  const count = Math.min(curveDraws, fit.draws);
  const points = multiples.length;
  const draws = new Float64Array(count * points);
  const rows = new Float64Array(fit.mix.kpi.length);
  for (let place = 0; place < count; place++) {
    const draw = Math.floor((place * fit.draws) / count);
    for (let point = 1; point < points; point++) {
      response.contributions(draw, multiples[point]!, rows);
      draws[place * points + point] = sumOf(rows);
    }
  }
  const band = bandOf(
    Array.from(multiples, (_, point) =>
      Float64Array.from({ length: count }, (_, place) => draws[place * points + point]!),
    ),
  );
  return { spend: multiples.map((multiple) => multiple * spend), ...band, draws, seenUpTo: spend * seen };
}
