import type { MixInputs } from './tables.ts';
import type { TrainChoice } from './train-choice.pure.ts';

const basisNames = { claimed: 'CLAIMED', booked: 'BOOKED', paid: 'PAID' } as const;

/** What was read, as the graph names it. */
export function shownInputs(inputs: MixInputs | null, { kpi, basis, period }: TrainChoice) {
  return (
    inputs && {
      ...inputs,
      kpi: kpi === 'revenue' ? ('REVENUE' as const) : ('CONVERSIONS' as const),
      basis: basisNames[basis],
      period,
    }
  );
}
