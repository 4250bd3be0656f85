import { Problem, requireLength } from '../problem.pure.ts';
import { quantileOfSorted } from '../random/resample.pure.ts';
import { sumOf } from '../moments.pure.ts';

/**
 * How the effect of spending is spread over later periods. `window` counts the weights, the period of spending
 * included; `normalised` weights add up to 1. A fitted model must store which form it used: they differ in scale.
 *
 * RECURSIVE is a_t = x_t + decay a_{t-1} without an end (Robyn); GEOMETRIC decay^l within the window (Meridian with
 * window 9, PyMC-Marketing); BINOMIAL (1 - l / window)^(1 / decay - 1) (Meridian); DELAYED decay^((l - peak)^2), with its
 * largest weight `peak` periods after spending (PyMC-Marketing). WEIBULL_CDF is the running product of 1 and the
 * survival at 1, 2, ...; WEIBULL_PDF the density at 1, 2, ... from its least, 0, to its largest, 1 (both packages).
 */
export type CarryOver =
  | { readonly kind: 'NONE' }
  | { readonly kind: 'RECURSIVE'; readonly decay: number }
  | {
      readonly kind: 'GEOMETRIC' | 'BINOMIAL';
      readonly decay: number;
      readonly window: number;
      readonly normalised: boolean;
    }
  | {
      readonly kind: 'DELAYED';
      readonly decay: number;
      readonly peak: number;
      readonly window: number;
      readonly normalised: boolean;
    }
  | {
      readonly kind: 'WEIBULL_CDF' | 'WEIBULL_PDF';
      readonly shape: number;
      readonly scale: number;
      readonly window: number;
      readonly normalised: boolean;
    };

/**
 * Robyn's Weibull for a series of `periods`: the scale is a place, 0 to 1, among the periods, rounded half to even.
 * The form depends on the length of the series and cannot be carried over to a longer one.
 */
export function robynWeibull(
  kind: 'WEIBULL_CDF' | 'WEIBULL_PDF',
  { shape, place, periods }: { readonly shape: number; readonly place: number; readonly periods: number },
): CarryOver {
  requireRange('The place of the scale', place, place >= 0 && place <= 1);
  if (shape === 0) return { kind: 'NONE' };
  const scale = quantileOfSorted(
    Array.from({ length: periods }, (_, index) => index + 1),
    place,
  );
  const below = Math.floor(scale);
  const rounded = scale - below === 0.5 ? below + (below % 2) : Math.round(scale);
  return { kind, shape, scale: rounded, window: periods, normalised: false };
}

/** Weights at lags 0, 1, ...; `periods` cuts the endless RECURSIVE form. Throws OUT_OF_RANGE. */
export function carryOverWeights(form: CarryOver, periods: number): Float64Array {
  if (form.kind === 'NONE') return Float64Array.of(1);
  if (form.kind === 'RECURSIVE') {
    requireRange('The decay', form.decay, form.decay >= 0 && form.decay < 1);
    return Float64Array.from({ length: periods }, (_, lag) => form.decay ** lag);
  }
  requireRange('The window', form.window, Number.isInteger(form.window) && form.window >= 1);
  const weights = rawWeights(form);
  return form.normalised ? normalise(weights) : weights;
}

function rawWeights(form: Exclude<CarryOver, { kind: 'NONE' | 'RECURSIVE' }>): Float64Array {
  switch (form.kind) {
    case 'WEIBULL_CDF':
    case 'WEIBULL_PDF': {
      requireRange('The shape', form.shape, form.shape > 0);
      requireRange('The scale', form.scale, form.scale > 0);
      return form.kind === 'WEIBULL_CDF' ? survivalProducts(form) : scaledDensities(form);
    }
    case 'DELAYED': {
      requireRange('The decay', form.decay, form.decay >= 0 && form.decay <= 1);
      return lags(form.window, (lag) => form.decay ** ((lag - form.peak) ** 2));
    }
    case 'GEOMETRIC': {
      requireRange('The decay', form.decay, form.decay >= 0 && form.decay <= 1);
      return lags(form.window, (lag) => form.decay ** lag);
    }
    case 'BINOMIAL': {
      requireRange('The decay', form.decay, form.decay >= 0 && form.decay <= 1);
      const power = 1 / form.decay - 1;
      return lags(form.window, (lag) => (lag === 0 ? 1 : (1 - lag / form.window) ** power));
    }
  }
}

function survivalProducts({ shape, scale, window }: { shape: number; scale: number; window: number }): Float64Array {
  let product = 1;
  return lags(window, (lag) => {
    if (lag > 0) product *= Math.exp(-((lag / scale) ** shape));
    return product;
  });
}

function scaledDensities({ shape, scale, window }: { shape: number; scale: number; window: number }): Float64Array {
  const densities = lags(window, (lag) => {
    const place = (lag + 1) / scale;
    return (shape / scale) * place ** (shape - 1) * Math.exp(-(place ** shape));
  });
  const [least, largest] = [Math.min(...densities), Math.max(...densities)];
  requireRange('The window', window, largest > least);
  return densities.map((density) => (density - least) / (largest - least));
}

function lags(window: number, weightOf: (lag: number) => number): Float64Array {
  return Float64Array.from({ length: window }, (_, lag) => weightOf(lag));
}

function normalise(weights: Float64Array): Float64Array {
  const total = sumOf(weights);
  return weights.map((weight) => weight / total);
}

/** The series with its carry-over, into `out`, which may be given to save its allocation but must not be `x`. */
export function carryOver(
  x: Float64Array,
  form: CarryOver,
  out: Float64Array = new Float64Array(x.length),
): Float64Array {
  requireLength(out.length, x.length, 'The output');
  if (form.kind !== 'RECURSIVE') return convolve(x, carryOverWeights(form, x.length), out);
  requireRange('The decay', form.decay, form.decay >= 0 && form.decay < 1);
  let carried = 0;
  for (let t = 0; t < x.length; t++) {
    carried = x[t]! + form.decay * carried;
    out[t] = carried;
  }
  return out;
}

/** sum over lags of weight x earlier value; nothing was spent before the series begins. */
export function convolve(x: Float64Array, weights: Float64Array, out: Float64Array): Float64Array {
  for (let t = 0; t < x.length; t++) {
    let sum = 0;
    const reach = Math.min(weights.length - 1, t);
    for (let lag = 0; lag <= reach; lag++) sum += weights[lag]! * x[t - lag]!;
    out[t] = sum;
  }
  return out;
}

/** Periods after which half of the whole effect has come, straight between periods; below one for quick effects. */
export function halfLife(weights: Float64Array): number {
  const half = sumOf(weights) / 2;
  requireRange('The sum of the weights', half * 2, half > 0);
  let sum = 0;
  const lag = weights.findIndex((weight) => (sum += weight) >= half);
  return lag + 1 - (sum - half) / weights[lag]!;
}

function requireRange(name: string, value: number, holds: boolean): void {
  if (!holds) throw new Problem('OUT_OF_RANGE', `${name} cannot be ${value}.`, { name, value });
}
