import { z } from 'zod';
import type { Account, Api } from '../connector.ts';
import { allPages } from '../kit/account-pages.ts';
import { dataOf, nextLinkOf } from './pages.ts';

const accountData = z.looseObject({
  id: z.string(),
  attributes: z.looseObject({
    timezone: z.string().default('UTC'),
    preferred_currency: z.string().default('USD'),
    contact_information: z.looseObject({ organization_name: z.string().nullish() }).nullish(),
  }),
});

const metricData = z.looseObject({
  id: z.string(),
  attributes: z.looseObject({
    name: z.string(),
    integration: z.looseObject({ name: z.string().nullish() }).nullish(),
  }),
});

type Metric = z.infer<typeof metricData>;

/** Metrics that are read, by their names; their ids differ from account to account. */
const metrics = {
  placedOrder: 'Placed Order',
  receivedEmail: 'Received Email',
  receivedSms: 'Received SMS',
  clickedEmail: 'Clicked Email',
  clickedSms: 'Clicked SMS',
} as const;

export type MetricKey = keyof typeof metrics;

/** The one account behind a token or key, with the ids of its metrics. */
export async function klaviyoAccounts(api: Api): Promise<Account[]> {
  const account = accountData.parse(dataOf(await api.call({ url: '/accounts' }))[0]);
  const found = await allPages(api, { url: '/metrics' }, dataOf, (answer) => {
    const next = nextLinkOf(answer);
    return next === null ? null : { url: next };
  });
  const { timezone, preferred_currency: currency, contact_information: contact } = account.attributes;
  return [
    {
      id: account.id,
      name: contact?.organization_name ?? account.id,
      currency,
      timeZone: timezone,
      state: 'ok',
      extra: metricIds(z.array(metricData).parse(found)),
    },
  ];
}

/** A name may be there twice, e.g. from two shops; the one of an integration goes before those sent by hand. */
function metricIds(all: readonly Metric[]): Record<string, string> {
  const ids: Record<string, string> = {};
  for (const [key, name] of Object.entries(metrics)) {
    const named = all.filter(({ attributes }) => attributes.name === name);
    const best = named.find(({ attributes }) => (attributes.integration?.name ?? 'API') !== 'API') ?? named[0];
    if (best) ids[key] = best.id;
  }
  return ids;
}

/** The id of a metric; undefined when the account has none of that name, e.g. no SMS. */
export function metricId({ extra }: Account, key: MetricKey): string | undefined {
  return extra?.[key];
}
