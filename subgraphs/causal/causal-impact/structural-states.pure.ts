import type { RandomStream } from '../numerics/random/stream.pure.ts';

/** Which parts the state has: always a level, with or without a slope, with or without seasons. */
export interface StateShape {
  readonly trend: boolean;
  /** Seasons in a cycle, 1 for none, and periods in a season. */
  readonly seasons: number;
  readonly duration: number;
}

export interface StateVariances {
  level: number;
  slope: number;
  season: number;
  noise: number;
}

/** Sums of squared steps of a path, and how many steps there were, for the next draw of the variances. */
export interface StateSteps {
  readonly level: number;
  readonly slope: number;
  readonly season: number;
  readonly turns: number;
}

/**
 * State space of Harvey's structural model: y = level + season + noise; the level moves by the slope and a shock, the
 * slope by a shock; where a season begins it is minus the sum of the others plus a shock. Draws states given the data by
 * the simulation smoother of Durbin & Koopman (2002): cost n x size^2.
 */
export interface StateSampler {
  readonly size: number;
  /** A path of states given y, size values per period; valid until the next call. */
  sample(y: Float64Array, variances: StateVariances, random: RandomStream): Float64Array;
  /** Level plus season of period `t` of a path. */
  signal(path: Float64Array, t: number): number;
  steps(path: Float64Array): StateSteps;
  /** Moves a state from period t to t + 1 with fresh shocks, in place. */
  advance(state: Float64Array, t: number, variances: StateVariances, random: RandomStream): void;
}

/** A sampler for series of `length` whose first state has mean `first` (level) or 0, and spread 1 in every part. */
export function stateSampler(shape: StateShape, length: number, first: number): StateSampler {
  const seasonAt = shape.trend ? 2 : 1;
  const size = seasonAt + (shape.seasons > 1 ? shape.seasons - 1 : 0);
  const hasSeason = size > seasonAt;
  const turns = (t: number): boolean => hasSeason && (t + 1) % shape.duration === 0;
  const model = { size, seasonAt, hasSeason, trend: shape.trend, turns, length, first };
  const memory = allocate(size, length);
  return {
    size,
    sample: (y, variances, random) => samplePath(model, memory, { y, variances, random }),
    signal: (path, t) => path[t * size]! + (hasSeason ? path[t * size + seasonAt]! : 0),
    steps: (path) => stepsOf(model, path),
    advance(state, t, variances, random) {
      move(model, state, 0, 1, turns(t));
      shock(model, state, 0, turns(t), { variances, random });
    },
  };
}

interface Model {
  readonly size: number;
  readonly seasonAt: number;
  readonly hasSeason: boolean;
  readonly trend: boolean;
  readonly length: number;
  readonly first: number;
  turns(t: number): boolean;
}

interface Memory {
  readonly drawn: Float64Array;
  readonly covariance: Float64Array;
  readonly gains: Float64Array;
  readonly innovations: Float64Array;
  readonly precisions: Float64Array;
  readonly backward: Float64Array;
  readonly state: Float64Array;
}

function allocate(size: number, length: number): Memory {
  return {
    drawn: new Float64Array(size * length),
    covariance: new Float64Array(size * size),
    gains: new Float64Array(size * length),
    innovations: new Float64Array(length),
    precisions: new Float64Array(length),
    backward: new Float64Array(size * (length + 1)),
    state: new Float64Array(size),
  };
}

/** x := T x, for the values from `at` on, `stride` apart. */
function move({ size, seasonAt, trend }: Model, x: Float64Array, at: number, stride: number, turn: boolean): void {
  if (trend) x[at] = x[at]! + x[at + stride]!;
  if (!turn) return;
  let sum = 0;
  for (let index = size - 1; index >= seasonAt; index--) {
    const value = x[at + index * stride]!;
    sum += value;
    if (index < size - 1) x[at + (index + 1) * stride] = value;
  }
  x[at + seasonAt * stride] = -sum;
}

/** x := T'x. */
function moveBack({ size, seasonAt, trend }: Model, x: Float64Array, at: number, turn: boolean): void {
  if (trend) x[at + 1] = x[at + 1]! + x[at]!;
  if (!turn) return;
  const head = x[at + seasonAt]!;
  for (let index = seasonAt; index < size - 1; index++) x[at + index] = x[at + index + 1]! - head;
  x[at + size - 1] = -head;
}

interface Shocks {
  readonly variances: StateVariances;
  readonly random: RandomStream;
}

function shock(model: Model, x: Float64Array, at: number, turn: boolean, { variances, random }: Shocks): void {
  x[at] = x[at]! + Math.sqrt(variances.level) * random.normal();
  if (model.trend) x[at + 1] = x[at + 1]! + Math.sqrt(variances.slope) * random.normal();
  if (turn) x[at + model.seasonAt] = x[at + model.seasonAt]! + Math.sqrt(variances.season) * random.normal();
}

/** Draw a path and data from the model, then add the smoothed difference between the real data and those. */
function samplePath(model: Model, memory: Memory, given: Shocks & { y: Float64Array }): Float64Array {
  drawPath(model, memory, given);
  filter(model, memory, given.variances);
  smooth(model, memory, given.variances);
  return memory.drawn;
}

/** Fills `drawn` with a path about 0 and `innovations` with the data less those the path would give. */
function drawPath(
  model: Model,
  { drawn, innovations }: Memory,
  { y, variances, random }: Shocks & { y: Float64Array },
): void {
  const { size, length, hasSeason, seasonAt } = model;
  const noise = Math.sqrt(variances.noise);
  for (let index = 0; index < size; index++) drawn[index] = random.normal();
  for (let t = 0; t < length; t++) {
    const at = t * size;
    if (t > 0) {
      drawn.copyWithin(at, at - size, at);
      move(model, drawn, at, 1, model.turns(t - 1));
      shock(model, drawn, at, model.turns(t - 1), { variances, random });
    }
    const signal = drawn[at]! + (hasSeason ? drawn[at + seasonAt]! : 0);
    innovations[t] = y[t]! - signal - noise * random.normal();
  }
}

/** Kalman filter over `innovations`, which it turns from data into one-step errors. */
function filter(model: Model, memory: Memory, variances: StateVariances): void {
  const { covariance, state } = memory;
  covariance.fill(0);
  for (let index = 0; index < model.size; index++) covariance[index * (model.size + 1)] = 1;
  state.fill(0);
  state[0] = model.first;
  for (let t = 0; t < model.length; t++) {
    update(model, memory, t, variances.noise);
    predict(model, memory, t, variances);
  }
}

/** Take in the data of period t. */
function update({ size, hasSeason, seasonAt }: Model, memory: Memory, t: number, noise: number): void {
  const { covariance, gains, innovations, precisions, state } = memory;
  const gain = t * size;
  let spread = noise;
  let error = innovations[t]! - state[0]!;
  for (let index = 0; index < size; index++) gains[gain + index] = covariance[index]!;
  if (hasSeason) {
    for (let index = 0; index < size; index++) {
      gains[gain + index] = gains[gain + index]! + covariance[seasonAt * size + index]!;
    }
    spread += gains[gain + seasonAt]!;
    error -= state[seasonAt]!;
  }
  const precision = 1 / (gains[gain]! + spread);
  innovations[t] = error;
  precisions[t] = precision;
  for (let j = 0; j < size; j++) {
    const scaled = gains[gain + j]! * precision;
    state[j] = state[j]! + scaled * error;
    for (let i = 0; i < size; i++) covariance[j * size + i] = covariance[j * size + i]! - scaled * gains[gain + i]!;
  }
}

/** Move state and covariance from period t to the next. */
function predict(model: Model, { covariance, state }: Memory, t: number, variances: StateVariances): void {
  const { size, seasonAt, trend } = model;
  const turn = model.turns(t);
  move(model, state, 0, 1, turn);
  if (trend || turn) {
    for (let j = 0; j < size; j++) move(model, covariance, j * size, 1, turn);
    for (let i = 0; i < size; i++) move(model, covariance, i, size, turn);
  }
  const add = (part: number, variance: number): void => {
    const at = part * (size + 1);
    covariance[at] = covariance[at]! + variance;
  };
  add(0, variances.level);
  if (trend) add(1, variances.slope);
  if (turn) add(seasonAt, variances.season);
}

/** Backward recursion, then the smoothed states forward, added to the drawn path. `gains` hold P Z, before T. */
function smooth(model: Model, memory: Memory, variances: StateVariances): void {
  const { size, length, hasSeason, seasonAt } = model;
  const { gains, innovations, precisions, backward, state, drawn } = memory;
  backward.fill(0, length * size);
  for (let t = length - 1; t >= 0; t--) {
    const at = t * size;
    for (let index = 0; index < size; index++) backward[at + index] = backward[at + size + index]!;
    moveBack(model, backward, at, model.turns(t));
    let along = 0;
    for (let index = 0; index < size; index++) along += gains[at + index]! * backward[at + index]!;
    const slope = (innovations[t]! - along) * precisions[t]!;
    backward[at] = backward[at]! + slope;
    if (hasSeason) backward[at + seasonAt] = backward[at + seasonAt]! + slope;
  }
  for (let index = 0; index < size; index++) state[index] = backward[index] ?? 0;
  state[0] = state[0]! + model.first;
  for (let t = 0; t < length; t++) {
    const at = t * size;
    for (let index = 0; index < size; index++) drawn[at + index] = drawn[at + index]! + state[index]!;
    if (t === length - 1) return;
    const turn = model.turns(t);
    move(model, state, 0, 1, turn);
    state[0] = state[0] + variances.level * backward[at + size]!;
    if (model.trend) state[1] = state[1]! + variances.slope * backward[at + size + 1]!;
    if (turn) state[seasonAt] = state[seasonAt]! + variances.season * backward[at + size + seasonAt]!;
  }
}

function stepsOf(model: Model, path: Float64Array): StateSteps {
  const { size, seasonAt, length, trend } = model;
  let [level, slope, season, turns] = [0, 0, 0, 0];
  for (let t = 0; t + 1 < length; t++) {
    const [at, next] = [t * size, (t + 1) * size];
    level += (path[next]! - path[at]! - (trend ? path[at + 1]! : 0)) ** 2;
    if (trend) slope += (path[next + 1]! - path[at + 1]!) ** 2;
    if (!model.turns(t)) continue;
    let sum = path[next + seasonAt]!;
    for (let index = seasonAt; index < size; index++) sum += path[at + index]!;
    season += sum ** 2;
    turns++;
  }
  return { level, slope, season, turns };
}
