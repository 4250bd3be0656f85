import { invalidPrior, supportOf, type Prior } from '../mcmc/priors.pure.ts';
import { Problem, requireFinite, requireLength } from '../numerics/problem.pure.ts';
import { meanOf } from '../numerics/moments.pure.ts';
import { checkLift } from './check-lift.pure.ts';
import type { MixData } from './mix-data.pure.ts';
import { channelSettings, type ChannelSettings, type MixSettings } from './mix-settings.pure.ts';

/** Fewer periods than this say nothing of carry-over, season and saturation together. */
const fewestPeriods = 26;
/** Channels that move together closer than this cannot be told apart by any prior worth having. */
const closestCorrelation = 0.999;

/**
 * Refuses data a mix model cannot be fitted to, and settings that do not fit the data. Throws Problems: TOO_FEW, GAP,
 * NOT_FINITE, NEGATIVE, CONSTANT, COLLINEAR, SHAPE, OUT_OF_RANGE.
 */
export function checkMixData(data: MixData, settings: MixSettings, trained = data.dates.length): void {
  checkPeriods(data, trained);
  checkShapes(data);
  checkValues(data);
  checkChannels(data, trained);
  for (const { name } of data.channels) checkChannelSettings(name, channelSettings(settings, name));
  checkPriors({ 'the noise': settings.noise, 'the spread over regions': settings.geoSpread }, 'positive');
  const unknown = Object.keys(settings.channels).find(
    (name) => !data.channels.some((channel) => channel.name === name),
  );
  if (unknown !== undefined)
    throw new Problem('OUT_OF_RANGE', `There are settings for ${unknown}, which is no channel.`, { field: 'channels' });
  for (const row of settings.lift) checkLift(row, data);
}

function checkPeriods({ dates, kpi }: MixData, trained: number): void {
  if (trained < fewestPeriods) {
    throw new Problem(
      'TOO_FEW',
      `The model would be fitted to ${trained} periods; it needs at least ${fewestPeriods}, better 104 weeks. Take a longer range.`,
      { periods: trained, field: 'from' },
    );
  }
  if (trained > dates.length) throw new Problem('SHAPE', `${trained} of ${dates.length} periods cannot be fitted.`);
  const days = dates.map((date) => Date.parse(`${date}T00:00:00Z`) / 86_400_000);
  const step = days[1]! - days[0]!;
  for (let period = 1; period < days.length; period++) {
    const gap = days[period]! - days[period - 1]!;
    if (gap === step && gap > 0) continue;
    throw new Problem(
      'GAP',
      gap > 0
        ? `After ${dates[period - 1]} comes ${dates[period]}; periods before it are ${step} days apart. Fill the gap or leave the time before it out.`
        : `${dates[period]} comes after ${dates[period - 1]}; the periods are not in order.`,
      { date: dates[period], field: 'from' },
    );
  }
  const values = kpi.length / dates.length;
  if (!Number.isInteger(values)) throw new Problem('SHAPE', 'The KPI does not have a value for every period.');
}

function checkShapes(data: MixData): void {
  const rows = data.dates.length * data.geos.length;
  requireLength(data.kpi.length, rows, 'The KPI');
  if (data.populations) requireLength(data.populations.length, data.geos.length, 'The populations');
  for (const { name, spend, media } of data.channels) {
    requireLength(spend.length, rows, `Spend of ${name}`);
    if (media) requireLength(media.length, rows, `Media of ${name}`);
  }
  for (const { name, values } of [...data.controls, ...data.events]) requireLength(values.length, rows, name);
  if (data.channels.length === 0)
    throw new Problem('TOO_FEW', 'There is no channel to measure.', { field: 'onlyChannels' });
  const names = [...data.channels, ...data.controls, ...data.events].map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Problem('SHAPE', `${twice} is there twice.`, { name: twice, field: 'controls' });
}

function checkValues(data: MixData): void {
  requireFinite(data.kpi, 'The KPI');
  for (const { name, values } of [...data.controls, ...data.events]) requireFinite(values, name);
  for (const { name, spend, media } of data.channels) {
    for (const [what, values] of [
      [`Spend of ${name}`, spend],
      [`Media of ${name}`, media ?? spend],
    ] as const) {
      requireFinite(values, what);
      const index = values.findIndex((value) => value < 0);
      if (index >= 0) {
        const date = data.dates[index % data.dates.length];
        throw new Problem('NEGATIVE', `${what} is negative on ${date}; book refunds in the period they belong to.`, {
          name,
          date,
          field: 'onlyChannels',
        });
      }
    }
  }
  const small = data.populations?.findIndex((population) => !(population > 0)) ?? -1;
  if (small >= 0) throw new Problem('NEGATIVE', `The population of ${data.geos[small]} is not above 0.`);
}

function checkChannels(data: MixData, trained: number): void {
  const periods = data.dates.length;
  const seen = (values: Float64Array): Float64Array => values.filter((_, row) => row % periods < trained);
  if (isConstant(seen(data.kpi)))
    throw new Problem('CONSTANT', 'The KPI never changes; there is nothing to explain.', { field: 'kpi' });
  for (const { name, values } of data.controls) {
    if (isConstant(seen(values)))
      throw new Problem('CONSTANT', `${name} never changes; leave it out.`, { name, field: 'controls' });
  }
  const media = data.channels.map((channel) => ({ name: channel.name, values: seen(channel.media ?? channel.spend) }));
  for (const { name, values } of media) {
    if (isConstant(values)) {
      throw new Problem(
        'CONSTANT',
        `${name} is the same in every period; its effect cannot be told from the level. Leave it out, or vary it in an experiment.`,
        { name, field: 'onlyChannels' },
      );
    }
  }
  media.forEach((first, index) => {
    const twin = media.slice(index + 1).find(({ values }) => correlation(first.values, values) > closestCorrelation);
    if (!twin) return;
    throw new Problem(
      'COLLINEAR',
      `${first.name} and ${twin.name} move together in every period; their effects cannot be told apart. Add them up or leave one out.`,
      { columns: [first.name, twin.name], field: 'onlyChannels' },
    );
  });
}

function isConstant(values: Float64Array): boolean {
  return values.every((value) => value === values[0]);
}

function checkChannelSettings(name: string, { carryOver, saturation, effect }: ChannelSettings): void {
  if (
    carryOver.kind !== 'none' &&
    !(Number.isInteger(carryOver.window) && carryOver.window >= 1 && carryOver.window <= 104)
  ) {
    throw new Problem('OUT_OF_RANGE', `The carry-over window of ${name} is 1 to 104 periods.`, {
      field: 'carryOverWindow',
    });
  }
  if (carryOver.kind === 'geometric') checkPriors({ [`the carry-over of ${name}`]: carryOver.rate }, 'unit');
  if (carryOver.kind === 'weibullPdf' || carryOver.kind === 'weibullCdf') {
    checkPriors({ [`the shape of ${name}`]: carryOver.shape, [`the scale of ${name}`]: carryOver.scale }, 'positive');
  }
  if (saturation.kind === 'logistic') checkPriors({ [`the saturation of ${name}`]: saturation.rate }, 'positive');
  if (saturation.kind === 'hill' || saturation.kind === 'michaelisMenten') {
    checkPriors({ [`the half-saturation of ${name}`]: saturation.half }, 'positive');
  }
  if (saturation.kind === 'hill') checkPriors({ [`the slope of ${name}`]: saturation.slope }, 'positive');
  checkPriors({ [`the effect of ${name}`]: effect.prior }, 'positive');
}

function checkPriors(priors: Readonly<Record<string, Prior>>, support: 'positive' | 'unit'): void {
  for (const [what, prior] of Object.entries(priors)) {
    const invalid = invalidPrior(prior);
    if (invalid) throw new Problem('OUT_OF_RANGE', `${invalid} Change the prior of ${what}.`, { field: 'priors' });
    if (supportOf(prior) === support) continue;
    const range =
      support === 'unit' ? 'between 0 and 1: take a beta' : 'above 0: take a log-normal, half-normal or gamma';
    throw new Problem('OUT_OF_RANGE', `The prior of ${what} must lie ${range} prior.`, { field: 'priors' });
  }
}

/** Pearson's correlation of two columns of equal length. */
export function correlation(a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let [both, ofA, ofB] = [0, 0, 0];
  for (let row = 0; row < a.length; row++) {
    const [x, y] = [a[row]! - meanA, b[row]! - meanB];
    both += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return both / Math.sqrt(ofA * ofB);
}
