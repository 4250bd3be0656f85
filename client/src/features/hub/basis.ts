import type { RevenueBasis } from './hub.generated.ts';

/** What conversions and revenue are, in words. */
export const basisNames: Record<RevenueBasis, string> = {
  CLAIMED: 'as advertising platforms claim it',
  BOOKED: 'as shops and CRMs book it',
  PAID: 'as payment services report it',
};

/** Whether sums of two periods may be compared: sales on two bases are different things. */
export function isComparable(now: RevenueBasis | null | undefined, before: RevenueBasis | null | undefined): boolean {
  return !now || !before || now === before;
}
