import { normalSurvival } from '../numerics/distributions.pure.ts';
import type { PlaceboTest } from '../synthetic-control/placebo.pure.ts';
import { finiteOrNull, type PlaceboUnits, type PValue } from './lift-result.pure.ts';

/** Placebos without their paths. */
export function showPlacebos({ rank, units }: PlaceboTest): PlaceboUnits {
  return {
    rank,
    units: units.map(({ unit, treated, preMspe, postMspe, ratio, effect }) => ({
      unit,
      treated,
      preMspe,
      postMspe,
      ratio: finiteOrNull(ratio),
      effect,
    })),
  };
}

/** The p-value of the rank among placebos. */
export function placeboRank({ rank, pValue, units }: PlaceboTest): PValue {
  return {
    test: 'PLACEBO_RANK',
    value: pValue,
    meaning: `The share of units, the treated one among them, whose gaps after the start outgrow those before as much: rank ${rank} of ${units.length}.`,
    smallest: 1 / units.length,
    monteCarloError: 0,
  };
}

/** The two-sided p-value of an estimate by the spread of so many placebos. */
export function placeboNormal(value: number, error: number, placebos: number): PValue {
  return {
    test: 'PLACEBO_NORMAL',
    value: Math.min(1, 2 * normalSurvival(Math.abs(value) / error)),
    meaning: `How often chance gives an estimate this far from 0, by the spread of ${placebos} placebos; poorly fitted placebos widen it.`,
    smallest: null,
    monteCarloError: 0,
  };
}
