import type { KeptPosterior } from '../mix-model/keep-posterior.pure.ts';
import type { MixData } from '../mix-model/mix-data.pure.ts';
import type { Stored } from '../mix-model/store-result.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';

type Names = Pick<Stored<KeptPosterior>, 'channels' | 'geos' | 'terms'>;

/**
 * Data in the order a posterior knows it by: its channels (nothing spent where the data has none of one), regions,
 * controls and events; what it does not know is left out. `populations` are those of training. Throws SHAPE for a
 * region or control that is not there any more.
 */
export function alignData(data: MixData, kept: Names, populations: Float64Array | undefined): MixData {
  const periods = data.dates.length;
  const places = kept.geos.map((geo) => {
    const place = data.geos.length === 1 && kept.geos.length === 1 ? 0 : data.geos.indexOf(geo);
    if (place < 0) throw new Problem('SHAPE', `There are no records of the region ${geo} any more.`);
    return place;
  });
  const pick = (values: Float64Array | undefined): Float64Array => {
    const picked = new Float64Array(places.length * periods);
    if (values) {
      places.forEach((place, geo) =>
        picked.set(values.subarray(place * periods, (place + 1) * periods), geo * periods),
      );
    }
    return picked;
  };
  const withMedia = new Set(data.channels.flatMap(({ name, media }) => (media ? [name] : [])));
  const { populations: _, ...rest } = data;
  return {
    ...rest,
    geos: kept.geos,
    ...(populations ? { populations } : {}),
    kpi: pick(data.kpi),
    channels: kept.channels.map((name) => {
      const own = data.channels.find((channel) => channel.name === name);
      return { name, spend: pick(own?.spend), ...(withMedia.has(name) ? { media: pick(own?.media) } : {}) };
    }),
    controls: data.controls
      .filter(({ name }) => kept.terms.includes(name))
      .map(({ name, values }) => ({ name, values: pick(values) })),
    events: data.events
      .filter(({ name }) => kept.terms.includes(name))
      .map(({ name, values }) => ({ name, values: pick(values) })),
  };
}

/** How time goes on after the last period. */
export interface Ahead {
  /** How many periods, and days in each. */
  readonly periods: number;
  readonly periodDays: number;
  /** Spend per day by channel, where it is not as of late. */
  readonly spend: ReadonlyMap<string, number>;
}

/** Days over which the pace of late is taken: 13 weeks. */
const lateDays = 91;
/** Days after which a year repeats on the same weekday. */
const yearDays = 364;

/**
 * Data with periods ahead: spend at the pace of the last 13 weeks, or as given, spread over regions as of late; media
 * in proportion; controls and events as a year before. The KPI ahead is 0 and means nothing.
 */
export function goOn(data: MixData, { periods: more, periodDays, spend }: Ahead): MixData {
  if (more <= 0) return data;
  const [periods, geos] = [data.dates.length, data.geos.length];
  const late = Math.min(periods, Math.max(1, Math.round(lateDays / periodDays)));
  const lag = Math.round(yearDays / periodDays);
  const grow = (values: Float64Array, next: (geo: number, period: number) => number): Float64Array => {
    const grown = new Float64Array(geos * (periods + more));
    for (let geo = 0; geo < geos; geo++) {
      const begin = geo * (periods + more);
      grown.set(values.subarray(geo * periods, (geo + 1) * periods), begin);
      for (let step = 0; step < more; step++) grown[begin + periods + step] = next(geo, periods + step);
    }
    return grown;
  };
  const pace = (values: Float64Array, geo: number): number => {
    let sum = 0;
    for (let period = periods - late; period < periods; period++) sum += values[geo * periods + period]!;
    return sum / late;
  };
  const asBefore = (values: Float64Array): Float64Array =>
    grow(values, (geo, period) => {
      const before = period - lag * Math.ceil((period - periods + 1) / lag);
      return values[geo * periods + Math.max(0, Math.min(periods - 1, before))]!;
    });
  return {
    ...data,
    dates: [...data.dates, ...daysAfter(data.dates.at(-1)!, more, periodDays)],
    kpi: grow(data.kpi, () => 0),
    channels: data.channels.map(({ name, spend: spent, media }) => {
      const usual = data.geos.reduce((sum, _, geo) => sum + pace(spent, geo), 0);
      const wanted = spend.has(name) ? spend.get(name)! * periodDays : usual;
      // Without spend of late there is no pattern over regions; then all get the same.
      const at = (values: Float64Array, geo: number): number =>
        usual > 0 ? (pace(values, geo) * wanted) / usual : wanted / geos;
      return {
        name,
        spend: grow(spent, (geo) => at(spent, geo)),
        ...(media ? { media: grow(media, (geo) => at(media, geo)) } : {}),
      };
    }),
    controls: data.controls.map(({ name, values }) => ({ name, values: asBefore(values) })),
    events: data.events.map(({ name, values }) => ({ name, values: asBefore(values) })),
  };
}

function daysAfter(last: string, count: number, periodDays: number): string[] {
  const begin = Date.parse(`${last}T00:00:00Z`);
  return Array.from({ length: count }, (_, step) =>
    new Date(begin + (step + 1) * periodDays * 86_400_000).toISOString().slice(0, 10),
  );
}
