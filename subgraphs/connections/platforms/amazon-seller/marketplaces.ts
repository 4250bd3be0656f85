import { z } from 'zod';
import type { Account, Api } from '../connector.ts';
import { zoneOf } from './regions.pure.ts';

const participation = z.looseObject({
  marketplace: z.looseObject({
    id: z.string(),
    name: z.string(),
    countryCode: z.string(),
    defaultCurrencyCode: z.string(),
  }),
  participation: z.looseObject({ isParticipating: z.boolean() }),
  storeName: z.string().nullish(),
});
const answer = z.looseObject({ payload: z.array(participation) });

/** The marketplaces of the region: each has a currency and days of its own. Costs one of fifteen calls. */
export async function amazonMarketplaces(api: Api): Promise<Account[]> {
  const { body } = await api.call({ url: '/sellers/v1/marketplaceParticipations' });
  return answer.parse(body).payload.filter(isAmazon).map(accountOf);
}

/** Orders of other shops that Amazon only ships are listed as marketplaces of their own. */
function isAmazon({ marketplace }: z.infer<typeof participation>): boolean {
  return !marketplace.name.startsWith('Non-Amazon');
}

function accountOf({ marketplace, participation: own, storeName }: z.infer<typeof participation>): Account {
  const { id, name, countryCode, defaultCurrencyCode: currency } = marketplace;
  const timeZone = zoneOf(countryCode);
  const account = {
    id,
    name: storeName ? `${storeName} (${name})` : name,
    currency,
    timeZone: timeZone ?? 'UTC',
  };
  if (!own.isParticipating) return { ...account, state: 'skipped', note: `You do not sell at ${name}.` };
  // Days in a wrong zone would be wrong figures.
  if (!timeZone) return { ...account, state: 'forbidden', note: `The time zone of ${name} is not known yet.` };
  return { ...account, state: 'ok' };
}
