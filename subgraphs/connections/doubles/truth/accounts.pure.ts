import { stableDigits } from './stable.pure.ts';

/** An account, shop or portal of a double. */
export interface AccountTruth {
  id: string;
  name: string;
  currency: string;
  timeZone: string;
  /** Whose data may be read; `forbidden` is listed and refused, `empty` has none. */
  kind: 'normal' | 'forbidden' | 'empty';
  /** Makes accounts of one platform differ. */
  index: number;
}

const kinds: readonly Omit<AccountTruth, 'id' | 'index'>[] = [
  { name: 'Nordwind Europe', currency: 'EUR', timeZone: 'Europe/Berlin', kind: 'normal' },
  { name: 'Nordwind Pacific', currency: 'NZD', timeZone: 'Pacific/Auckland', kind: 'normal' },
  { name: 'Partner Agency', currency: 'USD', timeZone: 'America/Los_Angeles', kind: 'forbidden' },
  { name: 'Nordwind United Kingdom', currency: 'GBP', timeZone: 'Europe/London', kind: 'empty' },
];

/**
 * Two accounts with data in different currencies and zones, one that is forbidden, and an empty one. With
 * `faults.timeZone` all of them are in that zone.
 */
export function accountsTruth(
  platform: string,
  { seed, faults }: { seed: number; faults?: { timeZone: string | null } },
  digits = 12,
): AccountTruth[] {
  const moved = faults?.timeZone ? { timeZone: faults.timeZone } : {};
  return kinds.map((kind, index) => {
    const id = stableDigits(seed, [platform, 'account', index], digits);
    return { ...kind, ...moved, index, id };
  });
}
