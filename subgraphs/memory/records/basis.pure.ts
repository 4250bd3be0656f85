import type { Basis } from '@liftos/core/ports/memory.ts';
import type { RevenueBasis } from '../schema.generated.ts';

/** The strongest first: what a shop booked includes what was not paid through a service and what nobody claims. */
export const bases = ['booked', 'paid', 'claimed'] as const satisfies readonly Basis[];

/** The strongest basis there is something on; null when there is nothing. */
export function strongest(figures: Readonly<Record<Basis, unknown>>): Basis | null {
  return bases.find((basis) => figures[basis] !== null) ?? null;
}

export function shownBasis<B extends Basis | null>(basis: B): B extends null ? null : RevenueBasis;
export function shownBasis(basis: Basis | null): RevenueBasis | null {
  return basis === null ? null : (basis.toUpperCase() as RevenueBasis);
}
