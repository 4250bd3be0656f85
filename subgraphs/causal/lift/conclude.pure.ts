import { describeEffect, nameUnits } from '../synthetic-control/describe-effect.pure.ts';
import type { Study } from '../synthetic-control/panel.pure.ts';
import type { Estimate } from './lift-result.pure.ts';

/** The sentence about an effect per unit and period of a study. */
export function conclude(
  { treatedUnits }: Pick<Study, 'treatedUnits'>,
  { value, low, high }: Estimate,
  { relative, level, pValue }: { relative: Estimate | null; level: number; pValue: number },
): string {
  return describeEffect({
    subject: `The outcome of ${nameUnits(treatedUnits)}`,
    per: 'per unit and period',
    estimate: value,
    relative: relative && relative.value,
    low,
    high,
    level,
    pValue,
  });
}
