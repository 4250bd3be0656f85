import { Problem, requireFinite, requireLength } from '../numerics/problem.pure.ts';
import { sumOf } from '../numerics/moments.pure.ts';

export interface Control {
  readonly name: string;
  readonly values: Float64Array;
}

export interface ImpactData {
  /** Labels in the order of time. */
  readonly periods: readonly string[];
  readonly response: Float64Array;
  /** Series that go with the response and were not touched by the treatment; may be empty. */
  readonly controls: readonly Control[];
  /** The first treated period. */
  readonly start: string;
}

/** The data on the scale of the sampler: everything has mean 0 and spread 1 before the treatment. */
export interface StandardData {
  readonly pre: number;
  readonly mean: number;
  readonly spread: number;
  /** All periods. */
  readonly response: Float64Array;
  readonly controls: readonly Control[];
}

/** Periods before the treatment without which a level and its noise cannot be told apart. */
const fewestPre = 8;

/**
 * Check and standardise. Throws SHAPE, NOT_FINITE, OUT_OF_RANGE for a start outside the data, TOO_FEW for periods before
 * it, CONSTANT for a response or control that never moved before it.
 */
export function standardise({ periods, response, controls, start }: ImpactData): StandardData {
  requireLength(response.length, periods.length, 'The response');
  requireFinite(response, 'The response');
  const pre = periods.indexOf(start);
  if (pre < 0) {
    const text = `The start of the treatment, ${start}, lies outside the data, which go from ${periods[0]} to ${periods.at(-1)}.`;
    throw new Problem('OUT_OF_RANGE', text, { period: start });
  }
  if (pre < fewestPre) {
    const text = `There are ${pre} periods before the treatment; at least ${fewestPre} are needed. Take more history.`;
    throw new Problem('TOO_FEW', text, { periods: pre });
  }
  const own = scaleOf(response, pre, 'The response');
  return {
    pre,
    mean: own.mean,
    spread: own.spread,
    response: response.map((value) => (value - own.mean) / own.spread),
    controls: controls.map(({ name, values }) => {
      requireLength(values.length, periods.length, name);
      requireFinite(values, name);
      const { mean, spread } = scaleOf(values, pre, name);
      return { name, values: values.map((value) => (value - mean) / spread) };
    }),
  };
}

function scaleOf(values: Float64Array, pre: number, name: string): { mean: number; spread: number } {
  const before = values.subarray(0, pre);
  const mean = sumOf(before) / pre;
  const spread = Math.sqrt(before.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (pre - 1));
  if (spread > 1e-12 * Math.abs(mean)) return { mean, spread };
  throw new Problem('CONSTANT', `${name} had the same value in every period before the treatment. Leave it out.`, {
    name,
  });
}
