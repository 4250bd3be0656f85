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

/** Two accounts with data in different currencies and zones, one that is forbidden, and an empty one. */
export function accountsTruth(platform: string, seed: number, digits = 12): AccountTruth[] {
  return kinds.map((kind, index) => ({ ...kind, index, id: stableDigits(seed, [platform, 'account', index], digits) }));
}
