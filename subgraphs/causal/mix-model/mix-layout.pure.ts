import type { Prior } from '../mcmc/priors.pure.ts';
import { supportOf } from '../mcmc/priors.pure.ts';
import { constrain, unconstrain, type Support } from '../mcmc/transforms.pure.ts';
import type { PreparedChannel, PreparedMix } from './prepare-mix.pure.ts';

/** One parameter that is sampled. */
export interface Parameter {
  readonly name: string;
  readonly support: Support;
  readonly prior: Prior;
}

/** Where the parameters of a channel stand in a position. */
export interface ChannelPlaces {
  /** The mean contribution per row, in standard deviations of the KPI. */
  readonly effect: number;
  /** First of the carry-over and of the saturation parameters. */
  readonly carryOver: number;
  readonly saturation: number;
  /** Spread over regions and first of the regions' deviations; -1 in a national model. */
  readonly spread: number;
  readonly geos: number;
}

export interface MixLayout {
  readonly dimension: number;
  readonly channels: readonly ChannelPlaces[];
  readonly noise: number;
  /** Parameters with a prior of their own, i.e. all but effects, whose prior may be on a function of them. */
  readonly parameters: readonly (Parameter | null)[];
}

const standardNormal: Prior = { kind: 'normal', mean: 0, sd: 1 };

export function layOut(mix: PreparedMix): MixLayout {
  const parameters: (Parameter | null)[] = [];
  const add = (name: string, prior: Prior): number => parameters.push({ name, prior, support: supportOf(prior) }) - 1;
  const channels = mix.channels.map((channel): ChannelPlaces => {
    const { name } = channel;
    const effect = parameters.push(null) - 1;
    const carryOver = parameters.length;
    for (const [part, prior] of carryOverPriors(channel)) add(`${name}: carry-over ${part}`, prior);
    const saturation = parameters.length;
    for (const [part, prior] of saturationPriors(channel)) add(`${name}: saturation ${part}`, prior);
    if (mix.geos === 1) return { effect, carryOver, saturation, spread: -1, geos: -1 };
    const spread = add(`${name}: spread over regions`, mix.settings.geoSpread);
    const geos = parameters.length;
    for (let geo = 0; geo < mix.geos; geo++) add(`${name}: region ${geo + 1}`, standardNormal);
    return { effect, carryOver, saturation, spread, geos };
  });
  const noise = add('noise', mix.settings.noise);
  return { dimension: parameters.length, channels, noise, parameters };
}

function carryOverPriors({ carryOver }: PreparedChannel): [string, Prior][] {
  if (carryOver.kind === 'none') return [];
  if (carryOver.kind === 'geometric') return [['rate', carryOver.rate]];
  return [
    ['shape', carryOver.shape],
    ['scale', carryOver.scale],
  ];
}

function saturationPriors({ saturation }: PreparedChannel): [string, Prior][] {
  if (saturation.kind === 'hill') {
    return [
      ['half', saturation.half],
      ['slope', saturation.slope],
    ];
  }
  if (saturation.kind === 'logistic') return [['rate', saturation.rate]];
  return saturation.kind === 'michaelisMenten' ? [['half', saturation.half]] : [];
}

/** Where chains begin: near the middle of every prior, effects at a twentieth of a standard deviation. */
export function startOf(layout: MixLayout): Float64Array {
  return Float64Array.from(layout.parameters, (parameter) =>
    parameter ? unconstrain(parameter.support, middleOf(parameter.prior)) : Math.log(0.05),
  );
}

function middleOf(prior: Prior): number {
  if (prior.kind === 'normal') return prior.mean;
  if (prior.kind === 'logNormal') return Math.exp(prior.meanLog);
  if (prior.kind === 'beta') return prior.a / (prior.a + prior.b);
  return prior.kind === 'gamma' ? prior.shape / prior.rate : 0.67 * prior.sd;
}

/** The values of the parameters at a position; effects are positive. */
export function valuesAt(layout: MixLayout, position: Float64Array, into: Float64Array): void {
  for (let index = 0; index < layout.dimension; index++) {
    into[index] = constrain(layout.parameters[index]?.support ?? 'positive', position[index]!);
  }
}
