import type { CarryOver } from './mix-settings.pure.ts';

/** Weights by lag, adding up to 1, and their slopes by each parameter. */
export interface LagWeights {
  readonly weights: Float64Array;
  /** One array per parameter: rate, or shape and scale. */
  readonly slopes: readonly Float64Array[];
}

export function lagWeights(carryOver: CarryOver): LagWeights {
  const length = carryOver.kind === 'none' ? 1 : carryOver.window;
  const parameters = carryOver.kind === 'none' ? 0 : carryOver.kind === 'geometric' ? 1 : 2;
  return {
    weights: new Float64Array(length).fill(1),
    slopes: Array.from({ length: parameters }, () => new Float64Array(length)),
  };
}

/** Computes weights and slopes for these values of the parameters. */
export function writeLagWeights(kind: CarryOver['kind'], parameters: Float64Array, into: LagWeights): void {
  if (kind === 'geometric') writeGeometric(parameters[0]!, into);
  if (kind === 'weibullPdf') writeWeibullPdf(parameters[0]!, parameters[1]!, into);
  if (kind === 'weibullCdf') writeWeibullCdf(parameters[0]!, parameters[1]!, into);
}

function writeGeometric(rate: number, { weights, slopes }: LagWeights): void {
  const slope = slopes[0]!;
  let [power, below] = [1, 0];
  for (let lag = 0; lag < weights.length; lag++) {
    weights[lag] = power;
    slope[lag] = lag * below;
    below = power;
    power *= rate;
  }
  let [sum, sumSlope] = [0, 0];
  for (let lag = 0; lag < weights.length; lag++) {
    sum += weights[lag]!;
    sumSlope += slope[lag]!;
  }
  for (let lag = 0; lag < weights.length; lag++) {
    weights[lag] = weights[lag]! / sum;
    slope[lag] = (slope[lag]! - weights[lag]! * sumSlope) / sum;
  }
}

function writeWeibullPdf(shape: number, scale: number, into: LagWeights): void {
  const [byShape, byScale] = [into.slopes[0]!, into.slopes[1]!];
  for (let lag = 0; lag < into.weights.length; lag++) {
    const log = Math.log((lag + 1) / scale);
    const power = Math.exp(shape * log);
    into.weights[lag] = (shape - 1) * log - power;
    byShape[lag] = log - power * log;
    byScale[lag] = (shape * power - (shape - 1)) / scale;
  }
  normaliseLogs(into);
}

function writeWeibullCdf(shape: number, scale: number, into: LagWeights): void {
  const [byShape, byScale] = [into.slopes[0]!, into.slopes[1]!];
  let [hazard, hazardByShape, hazardByScale] = [0, 0, 0];
  for (let lag = 0; lag < into.weights.length; lag++) {
    if (lag > 0) {
      const log = Math.log(lag / scale);
      const power = Math.exp(shape * log);
      hazard += power;
      hazardByShape += power * log;
      hazardByScale -= (shape * power) / scale;
    }
    into.weights[lag] = -hazard;
    byShape[lag] = -hazardByShape;
    byScale[lag] = -hazardByScale;
  }
  normaliseLogs(into);
}

/** From logarithms of weights and the slopes of these to weights that add up to 1 and their slopes. */
function normaliseLogs({ weights, slopes }: LagWeights): void {
  let largest = -Infinity;
  for (const log of weights) largest = Math.max(largest, log);
  let sum = 0;
  for (let lag = 0; lag < weights.length; lag++) {
    weights[lag] = Math.exp(weights[lag]! - largest);
    sum += weights[lag]!;
  }
  for (let lag = 0; lag < weights.length; lag++) weights[lag] = weights[lag]! / sum;
  for (const slope of slopes) {
    let mean = 0;
    // A weight that vanished has no slope, whatever its logarithm does.
    for (let lag = 0; lag < weights.length; lag++) mean += weights[lag]! > 0 ? weights[lag]! * slope[lag]! : 0;
    for (let lag = 0; lag < weights.length; lag++) {
      slope[lag] = weights[lag]! > 0 ? weights[lag]! * (slope[lag]! - mean) : 0;
    }
  }
}

/** Spreads the values of each region over the periods that follow. Four lags at a time, which halves the time. */
export function carry(values: Float64Array, periods: number, weights: Float64Array, into: Float64Array): void {
  into.fill(0);
  for (let begin = 0; begin < values.length; begin += periods) {
    const end = begin + periods;
    for (let lag = 0; lag < weights.length; lag += 4) carryFour(values, begin, end, weights, lag, into);
  }
}

function carryFour(
  values: Float64Array,
  begin: number,
  end: number,
  weights: Float64Array,
  lag: number,
  into: Float64Array,
): void {
  const a = weights[lag]!;
  const b = lag + 1 < weights.length ? weights[lag + 1]! : 0;
  const c = lag + 2 < weights.length ? weights[lag + 2]! : 0;
  const d = lag + 3 < weights.length ? weights[lag + 3]! : 0;
  let x = 0;
  let y = 0;
  let z = 0;
  for (let row = begin + lag, from = begin; row < end; row++, from++) {
    const value = values[from]!;
    into[row] = into[row]! + (a * value + b * x + c * y + d * z);
    z = y;
    y = x;
    x = value;
  }
}

/** By lag, the sum of `adjoint` times the value that lag before it: what weights of that lag are worth. */
export function lagProducts(values: Float64Array, periods: number, adjoint: Float64Array, into: Float64Array): void {
  into.fill(0);
  for (let begin = 0; begin < values.length; begin += periods) {
    for (let lag = 0; lag < into.length; lag += 4) fourProducts(values, begin, begin + periods, adjoint, lag, into);
  }
}

function fourProducts(
  values: Float64Array,
  begin: number,
  end: number,
  adjoint: Float64Array,
  lag: number,
  into: Float64Array,
): void {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let x = 0;
  let y = 0;
  let z = 0;
  for (let row = begin + lag, from = begin; row < end; row++, from++) {
    const pull = adjoint[row]!;
    const value = values[from]!;
    a += pull * value;
    b += pull * x;
    c += pull * y;
    d += pull * z;
    z = y;
    y = x;
    x = value;
  }
  // What lies beyond the window is not asked for.
  into[lag]! += a;
  if (lag + 1 < into.length) into[lag + 1]! += b;
  if (lag + 2 < into.length) into[lag + 2]! += c;
  if (lag + 3 < into.length) into[lag + 3]! += d;
}
