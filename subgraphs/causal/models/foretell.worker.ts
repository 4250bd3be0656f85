import { ChannelResponse } from '../mix-model/channel-response.pure.ts';
import type { MixFit } from '../mix-model/fit-mix-model.pure.ts';
import { intervalOf, type Interval } from '../mix-model/interval.pure.ts';
import type { KeptPosterior } from '../mix-model/keep-posterior.pure.ts';
import type { MixData } from '../mix-model/mix-data.pure.ts';
import { layOut } from '../mix-model/mix-layout.pure.ts';
import type { MixSettings } from '../mix-model/mix-settings.pure.ts';
import { prepareMix, type PreparedMix } from '../mix-model/prepare-mix.pure.ts';
import { addScaled } from '../numerics/linear/matrix.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';
import { stream } from '../numerics/random/stream.pure.ts';
import type { Stored } from '../mix-model/store-result.pure.ts';

/** What to foretell: the periods from `begin` to before `end`, of data that a kept posterior is aligned with. */
export interface ForetellTask {
  readonly kept: Stored<KeptPosterior>;
  readonly data: MixData;
  readonly settings: MixSettings;
  readonly begin: number;
  readonly end: number;
}

interface Band {
  readonly mean: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** By period over all regions. */
export interface Foretold {
  readonly kpi: Band;
  /** Of all periods together. */
  readonly total: Interval;
  /** What each channel adds, in the order of the posterior; without noise. */
  readonly channels: readonly (Band & { readonly total: Interval })[];
}

/** Entry of the worker thread: what a posterior says of periods, noise included where it is about the KPI. */
export function foretell({ kept, data, settings, begin, end }: ForetellTask): Foretold {
  const mix = prepareMix(data, settings, kept.trained);
  const fit = recall(kept, mix);
  const responses = mix.channels.map((_, index) => new ChannelResponse(fit, index));
  const sums = [...responses, null].map(() => new Sums(end - begin, kept.draws));
  const ofAll = sums.at(-1)!;
  const rows = mix.kpi.length;
  const random = stream(1, 2);
  const [current, part] = [new Float64Array(rows), new Float64Array(rows)];
  const inside = (row: number): number => {
    const period = row % mix.periods;
    return period >= begin && period < end ? period - begin : -1;
  };
  const addRows = (into: Sums, draw: number, values: (row: number) => number): void => {
    for (let row = 0; row < rows; row++) {
      const place = inside(row);
      if (place >= 0) into.add(place, draw, values(row));
    }
  };
  for (let draw = 0; draw < kept.draws; draw++) {
    current.fill(mix.kpiMean);
    mix.terms.forEach(({ values }, index) =>
      addScaled(current, values, fit.coefficients[draw * mix.terms.length + index]! * mix.kpiScale),
    );
    for (let row = 0; row < rows; row++) current[row]! *= mix.heads[Math.floor(row / mix.periods)]!;
    responses.forEach((response, index) => {
      response.contributions(draw, 1, part);
      addScaled(current, part, 1);
      addRows(sums[index]!, draw, (row) => part[row]!);
    });
    const noise = fit.values[draw * fit.layout.dimension + fit.layout.noise]! * mix.kpiScale;
    addRows(ofAll, draw, (row) => current[row]! + noise * mix.heads[Math.floor(row / mix.periods)]! * random.normal());
  }
  const channels = sums.slice(0, -1).map((one) => ({ ...one.band(), total: one.total() }));
  return { kpi: ofAll.band(), total: ofAll.total(), channels };
}

/** A fit again from kept draws, in the terms of other data. Terms that the posterior does not know do nothing. */
function recall(kept: Stored<KeptPosterior>, mix: PreparedMix): MixFit {
  const layout = layOut(mix);
  if (layout.dimension !== kept.dimension || mix.channels.length !== kept.channels.length) {
    throw new Problem('SHAPE', 'The data no longer has the shape the model was trained on. Train a new version.');
  }
  const places = mix.terms.map(({ name }) => kept.terms.indexOf(name));
  const coefficients = new Float64Array(kept.draws * places.length);
  for (let draw = 0; draw < kept.draws; draw++) {
    places.forEach((place, index) => {
      if (place < 0) return;
      coefficients[draw * places.length + index] = kept.coefficients[draw * kept.terms.length + place]!;
    });
  }
  const sampler = { divergences: 0, lowestEnergyFraction: 1 } as MixFit['sampler'];
  return {
    mix,
    layout,
    draws: kept.draws,
    values: Float64Array.from(kept.values),
    factors: Float64Array.from(kept.factors),
    coefficients,
    convergence: [],
    sampler,
  };
}

/** Sums by period and draw. */
class Sums {
  private readonly byPeriod: readonly Float64Array[];
  private readonly draws: number;

  constructor(periods: number, draws: number) {
    this.draws = draws;
    this.byPeriod = Array.from({ length: periods }, () => new Float64Array(draws));
  }

  add(period: number, draw: number, value: number): void {
    this.byPeriod[period]![draw]! += value;
  }

  band(): Band {
    const intervals = this.byPeriod.map(intervalOf);
    return {
      mean: Float64Array.from(intervals, ({ mean }) => mean),
      low: Float64Array.from(intervals, ({ low }) => low),
      high: Float64Array.from(intervals, ({ high }) => high),
    };
  }

  total(): Interval {
    const totals = new Float64Array(this.draws);
    for (const values of this.byPeriod) addScaled(totals, values, 1);
    return intervalOf(totals);
  }
}
