import type { UnitTotals } from '@liftos/core/ports/memory.ts';
import type { ModelResult, UnitCredit } from './attribute-journeys.pure.ts';

/** A credit beside what the unit cost, in the currency of its value. */
export interface CostedCredit extends UnitCredit {
  readonly spend: number | null;
  /** Attributed value per unit of spend. */
  readonly roas: number | null;
}

export interface CostedResult extends Omit<ModelResult, 'credits'> {
  readonly credits: readonly CostedCredit[];
}

/**
 * Put spend beside the credits. Amounts of different currencies are never added or divided: a unit with spend in
 * another currency than the value has none, and a warning says so.
 */
export function addSpend(
  results: readonly ModelResult[],
  totals: readonly UnitTotals[],
  currency: string | null,
): { results: CostedResult[]; warnings: string[] } {
  const paid = totals.filter(({ spend }) => spend !== 0);
  const foreign = new Set(paid.filter((total) => total.currency !== currency).map(({ key }) => key));
  const spends = new Map(paid.filter(({ key }) => !foreign.has(key)).map(({ key, spend }) => [key, spend]));
  const credited = new Set(results.flatMap(({ credits }) => credits.map(({ key }) => key)));
  const missing = [...foreign].filter((key) => credited.has(key)).sort();
  return {
    results: results.map((result) => ({
      ...result,
      credits: result.credits.map((credit) => {
        const spend = spends.get(credit.key) ?? null;
        return { ...credit, spend, roas: spend !== null && spend > 0 ? credit.value / spend : null };
      }),
    })),
    warnings: missing.length === 0 ? [] : [foreignSpend(missing, currency)],
  };
}

function foreignSpend(units: readonly string[], currency: string | null): string {
  const names = units.length > 5 ? `${units.slice(0, 5).join(', ')} and ${units.length - 5} more` : units.join(', ');
  return currency === null
    ? `The values have no single currency, so no return on spend is given for ${names}.`
    : `The spend of ${names} is not in ${currency} alone, so no return on it is given.`;
}
