import type { MixData } from './mix-data.pure.ts';
import type { MixSettings } from './mix-settings.pure.ts';

/** What a linear term stands for in the decomposition. */
export type TermGroup = 'intercept' | 'trend' | 'seasonality' | 'events' | 'controls';

/** A column of the linear part, with the prior of its coefficient: normal around 0. */
export interface LinearTerm {
  readonly name: string;
  readonly group: TermGroup;
  /** One value per row. */
  readonly values: Float64Array;
  readonly sd: number;
}

/**
 * Everything that enters the mean linearly. Trends are laid out over the first `trained` periods and go on beyond them,
 * and controls are standardised by those periods, so that a hold-out does not move the model.
 */
export function linearTerms(data: MixData, settings: MixSettings, trained: number): LinearTerm[] {
  const { linearPriors } = settings;
  const periods = data.dates.length;
  const repeat = (value: (period: number) => number): Float64Array =>
    Float64Array.from(data.kpi, (_, row) => value(row % periods));
  const terms: LinearTerm[] = [
    { name: 'intercept', group: 'intercept', values: repeat(() => 1), sd: linearPriors.intercept },
  ];
  if (data.geos.length > 1) {
    data.geos.forEach((geo, index) => {
      const values = Float64Array.from(data.kpi, (_, row) => (Math.floor(row / periods) === index ? 1 : 0));
      terms.push({ name: geo, group: 'intercept', values, sd: linearPriors.geos });
    });
  }
  for (const [index, knot] of knotsOf(settings, trained).entries()) {
    const values = repeat((period) => Math.max(index === 0 ? -Infinity : 0, period - knot) / trained);
    terms.push({ name: `trend ${index + 1}`, group: 'trend', values, sd: linearPriors.trend });
  }
  for (const { name, period, order } of settings.seasonality) {
    for (let wave = 1; wave <= order; wave++) {
      const angle = (2 * Math.PI * wave) / period;
      const sd = linearPriors.seasonality;
      const [sine, cosine] = [repeat((t) => Math.sin(angle * t)), repeat((t) => Math.cos(angle * t))];
      terms.push({ name: `${name} sine ${wave}`, group: 'seasonality', values: sine, sd });
      terms.push({ name: `${name} cosine ${wave}`, group: 'seasonality', values: cosine, sd });
    }
  }
  for (const { name, values } of data.events) terms.push({ name, group: 'events', values, sd: linearPriors.events });
  for (const { name, values } of data.controls) {
    terms.push({ name, group: 'controls', values: standardised(values, periods, trained), sd: linearPriors.controls });
  }
  return terms;
}

/** Where the trend begins (the middle, so that it is no part of the level) and where it may bend. */
function knotsOf({ trend }: MixSettings, trained: number): number[] {
  if (trend.kind === 'none') return [];
  const bends = trend.kind === 'piecewise' ? trend.knots : 0;
  const knots = Array.from({ length: bends }, (_, index) => ((index + 1) * trained) / (bends + 1));
  return [(trained - 1) / 2, ...knots];
}

function standardised(values: Float64Array, periods: number, trained: number): Float64Array {
  let [count, sum, squares] = [0, 0, 0];
  values.forEach((value, row) => {
    if (row % periods >= trained) return;
    count++;
    sum += value;
    squares += value * value;
  });
  const mean = sum / count;
  const sd = Math.sqrt(Math.max(0, squares / count - mean * mean)) || 1;
  return values.map((value) => (value - mean) / sd);
}
