import { drawPrior, type Prior } from '../mcmc/priors.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';
import { stream } from '../numerics/random/stream.pure.ts';
import { intervalOf, type Interval } from './interval.pure.ts';
import {
  channelSettings,
  type CarryOver,
  type ChannelSettings,
  type LinearPriors,
  type MixSettings,
  type Saturation,
} from './mix-settings.pure.ts';

export type PriorKind = 'NORMAL' | 'HALF_NORMAL' | 'LOG_NORMAL' | 'GAMMA' | 'BETA';

/** A prior as people read and change it. */
export interface NamedPrior {
  /** e.g. `carryOver.rate`. */
  readonly key: string;
  /** Null for what is not about a single channel. */
  readonly channel: string | null;
  readonly label: string;
  readonly kind: PriorKind;
  /** As `parameterNames` say. */
  readonly parameters: readonly number[];
  readonly parameterNames: readonly string[];
  /** Kinds that this quantity can have. */
  readonly kinds: readonly PriorKind[];
  readonly interval: Interval;
  readonly sentence: string;
}

export interface PriorChange {
  readonly key: string;
  readonly channel?: string | null | undefined;
  readonly kind: PriorKind;
  readonly parameters: readonly number[];
}

export const parameterNames: Readonly<Record<PriorKind, readonly string[]>> = {
  NORMAL: ['mean', 'standard deviation'],
  HALF_NORMAL: ['standard deviation'],
  LOG_NORMAL: ['median', 'spread'],
  GAMMA: ['shape', 'rate'],
  BETA: ['a', 'b'],
};

const positive: readonly PriorKind[] = ['HALF_NORMAL', 'LOG_NORMAL', 'GAMMA'];

interface Quantity {
  readonly label: string;
  readonly kinds: readonly PriorKind[];
  /** `range` is what nine cases in ten lie between. */
  readonly sentence: (range: string, mean: string) => string;
  readonly percent?: boolean;
}

const quantities: Readonly<Record<string, Quantity>> = {
  'carryOver.rate': {
    label: 'Carry-over',
    kinds: ['BETA'],
    percent: true,
    sentence: (range, mean) => `Of what works in one period, ${mean} goes on in the next, most likely ${range}.`,
  },
  'carryOver.shape': {
    label: 'Carry-over, shape',
    kinds: positive,
    sentence: (range) =>
      `The shape of the carry-over is ${range}: up to 1 it fades at once, above 1 it holds or rises first.`,
  },
  'carryOver.scale': {
    label: 'Carry-over, length',
    kinds: positive,
    sentence: (range) => `Two thirds of the effect have come after ${range} periods.`,
  },
  'saturation.rate': {
    label: 'Saturation',
    kinds: positive,
    sentence: (range) =>
      `The curve bends with a rate of ${range}: at 1 the highest spend seen is nearly straight, at 6 it is flat.`,
  },
  'saturation.half': {
    label: 'Half saturation',
    kinds: positive,
    sentence: (range) => `Half of the most possible is reached at ${range} times the highest media seen.`,
  },
  'saturation.slope': {
    label: 'Saturation, steepness',
    kinds: positive,
    sentence: (range) => `The curve has a steepness of ${range}: above 1 it is S-shaped, small spend does little.`,
  },
  effect: {
    label: 'Effect at most',
    kinds: positive,
    sentence: (range) => `A channel gains a period at most ${range} standard deviations of the KPI.`,
  },
  roi: {
    label: 'ROI',
    kinds: positive,
    sentence: (range, mean) => `A unit of spend brings ${range} of the KPI, ${mean} on average.`,
  },
  noise: {
    label: 'Noise',
    kinds: positive,
    sentence: (range) => `What nothing explains has ${range} standard deviations of the KPI.`,
  },
  geoSpread: {
    label: 'Spread over regions',
    kinds: positive,
    sentence: (range) => `The effect of a channel differs among regions by a factor of e to the power of ${range}.`,
  },
};

const linearLabels: Readonly<Record<keyof LinearPriors, [label: string, what: string]>> = {
  intercept: ['Level', 'The level lies within'],
  trend: ['Trend', 'Over the whole time, and at every bend, the trend changes the KPI by up to'],
  seasonality: ['Season', 'A wave of the season moves the KPI by up to'],
  events: ['Holidays and events', 'A holiday or event moves the KPI by up to'],
  controls: ['Controls', 'A usual change of a control moves the KPI by up to'],
  geos: ['Regions', 'The level of a region differs from the others by up to'],
};

/** All priors of the settings; those of channels once for every name, or once for all when there is none. */
export function priorsOf(settings: MixSettings, channels: readonly string[], regional: boolean): NamedPrior[] {
  const own = channels.length === 0 ? [null] : channels;
  const ofChannels = own.flatMap((channel) =>
    channelPriors(channel === null ? settings.channel : channelSettings(settings, channel)).map(([key, prior]) =>
      namedPrior(key, channel, prior),
    ),
  );
  const linear = (Object.keys(linearLabels) as (keyof LinearPriors)[]).filter((key) => regional || key !== 'geos');
  return [
    ...ofChannels,
    ...linear.map((key) => linearPrior(key, settings.linearPriors[key])),
    namedPrior('noise', null, settings.noise),
    ...(regional ? [namedPrior('geoSpread', null, settings.geoSpread)] : []),
  ];
}

function channelPriors({ carryOver, saturation, effect }: ChannelSettings): [key: string, prior: Prior][] {
  const priors: [string, Prior][] = [];
  if (carryOver.kind === 'geometric') priors.push(['carryOver.rate', carryOver.rate]);
  if (carryOver.kind === 'weibullPdf' || carryOver.kind === 'weibullCdf') {
    priors.push(['carryOver.shape', carryOver.shape], ['carryOver.scale', carryOver.scale]);
  }
  if (saturation.kind === 'logistic') priors.push(['saturation.rate', saturation.rate]);
  if (saturation.kind === 'hill' || saturation.kind === 'michaelisMenten')
    priors.push(['saturation.half', saturation.half]);
  if (saturation.kind === 'hill') priors.push(['saturation.slope', saturation.slope]);
  priors.push([effect.kind, effect.prior]);
  return priors;
}

function namedPrior(key: string, channel: string | null, prior: Prior): NamedPrior {
  const { label, kinds, percent, sentence } = quantities[key]!;
  const interval = priorInterval(prior);
  const text = (value: number): string => (percent ? `${Math.round(100 * value)} %` : value.toPrecision(2));
  const range = `${text(interval.low)} to ${text(interval.high)}`;
  const shown = shownPrior(prior);
  return { key, channel, label, kinds, ...shown, interval, sentence: sentence(range, text(interval.mean)) };
}

function linearPrior(key: keyof LinearPriors, sd: number): NamedPrior {
  const [label, what] = linearLabels[key];
  const interval = { mean: 0, low: -1.645 * sd, high: 1.645 * sd };
  const sentence = `${what} ${(1.645 * sd).toPrecision(2)} standard deviations of it, either way.`;
  return {
    key: `linear.${key}`,
    channel: null,
    label,
    kinds: ['NORMAL'],
    kind: 'NORMAL',
    parameters: [0, sd],
    parameterNames: parameterNames.NORMAL,
    interval,
    sentence,
  };
}

function shownPrior(prior: Prior): Pick<NamedPrior, 'kind' | 'parameters' | 'parameterNames'> {
  const of = (kind: PriorKind, ...parameters: number[]) => ({ kind, parameters, parameterNames: parameterNames[kind] });
  if (prior.kind === 'normal') return of('NORMAL', prior.mean, prior.sd);
  if (prior.kind === 'halfNormal') return of('HALF_NORMAL', prior.sd);
  if (prior.kind === 'logNormal') return of('LOG_NORMAL', Math.exp(prior.meanLog), prior.sdLog);
  return prior.kind === 'gamma' ? of('GAMMA', prior.shape, prior.rate) : of('BETA', prior.a, prior.b);
}

/** Mean and 90 % range of a prior, from 4,000 draws with a fixed seed. */
export function priorInterval(prior: Prior): Interval {
  const random = stream(0, 7);
  return intervalOf(Float64Array.from({ length: 4000 }, () => drawPrior(prior, random)));
}

/** Settings with priors changed. Throws Problems for keys, kinds and numbers that cannot be used. */
export function withPriors(settings: MixSettings, changes: readonly PriorChange[]): MixSettings {
  return changes.reduce(withPrior, settings);
}

function withPrior(settings: MixSettings, change: PriorChange): MixSettings {
  const { key, channel } = change;
  const prior = checkedPrior(change);
  if (key === 'noise' || key === 'geoSpread') return { ...settings, [key]: prior };
  if (key.startsWith('linear.')) {
    const sd = change.parameters[1]!;
    return { ...settings, linearPriors: { ...settings.linearPriors, [key.slice('linear.'.length)]: sd } };
  }
  if (!channel) return { ...settings, channel: withChannelPrior(settings.channel, key, prior) };
  const own = withChannelPrior(channelSettings(settings, channel), key, prior);
  return { ...settings, channels: { ...settings.channels, [channel]: own } };
}

function checkedPrior({ key, kind, parameters }: PriorChange): Prior {
  const kinds = kindsOf(key);
  if (!kinds) throw unusable(`There is no prior named ${key}.`);
  if (!kinds.includes(kind)) throw unusable(`The prior of ${key} is ${kinds.join(' or ')}.`);
  const names = parameterNames[kind];
  if (parameters.length !== names.length) throw unusable(`A ${kind} prior has ${names.join(' and ')}.`);
  const spreads = kind === 'NORMAL' ? parameters.slice(1) : parameters;
  if (!spreads.every((value) => value > 0 && Number.isFinite(value))) {
    throw unusable(`The prior of ${key} needs numbers above 0.`);
  }
  if (kind === 'NORMAL' && parameters[0] !== 0) throw unusable(`The prior of ${key} has a mean of 0.`);
  return priorOf(kind, parameters[0]!, parameters[1] ?? 0);
}

function kindsOf(key: string): readonly PriorKind[] | null {
  if (key.startsWith('linear.')) return Object.hasOwn(linearLabels, key.slice('linear.'.length)) ? ['NORMAL'] : null;
  return Object.hasOwn(quantities, key) ? quantities[key]!.kinds : null;
}

function priorOf(kind: PriorKind, first: number, second: number): Prior {
  if (kind === 'NORMAL') return { kind: 'normal', mean: first, sd: second };
  if (kind === 'HALF_NORMAL') return { kind: 'halfNormal', sd: first };
  if (kind === 'LOG_NORMAL') return { kind: 'logNormal', meanLog: Math.log(first), sdLog: second };
  return kind === 'GAMMA' ? { kind: 'gamma', shape: first, rate: second } : { kind: 'beta', a: first, b: second };
}

function withChannelPrior(channel: ChannelSettings, key: string, prior: Prior): ChannelSettings {
  if (key === 'effect' || key === 'roi') return { ...channel, effect: { kind: key, prior } };
  const [part = '', name = ''] = key.split('.');
  const group: CarryOver | Saturation = part === 'carryOver' ? channel.carryOver : channel.saturation;
  if (!(name in group))
    throw unusable(`A ${group.kind} ${part === 'carryOver' ? 'carry-over' : 'curve'} has no ${name}.`);
  return { ...channel, [part]: { ...group, [name]: prior } };
}

function unusable(message: string): Problem {
  return new Problem('OUT_OF_RANGE', message, { field: 'priors' });
}
