import { z } from 'zod';
import { isPlatformFailure } from '../../engine/platform-failure.ts';
import type { Account, Api } from '../connector.ts';
import { defineConnector } from '../connector.ts';
import { mockStreams } from '../mock-streams.ts';
import { grant, key, queryKey } from './auth.ts';
import { classifyWoocommerce } from './errors.pure.ts';
import { coupons, customers, products } from './objects.ts';
import { orders } from './orders.ts';

const site = z.looseObject({ name: z.string(), timezone_string: z.string().nullish() });
const status = z.looseObject({ settings: z.looseObject({ currency: z.string() }) });
const newest = z.array(z.looseObject({ currency: z.string() }));

/** The store behind the address. */
async function woocommerceAccounts(api: Api): Promise<Account[]> {
  const store = api.settings['store'] ?? '';
  const found = site.parse((await api.call({ url: `${store}/wp-json/`, authenticate: false })).body);
  const currency = await currencyOf(api);
  const known = { id: new URL(store).host, name: found.name, timeZone: found.timezone_string || 'UTC' };
  if (currency !== null) return [{ ...known, currency, state: 'ok' }];
  const note = 'It has no orders yet, and the key may not see its currency.';
  return [{ ...known, currency: 'USD', state: 'skipped', note }];
}

/** Only keys of administrators see the state of the system; others find the currency in the newest order. */
async function currencyOf(api: Api): Promise<string | null> {
  try {
    return status.parse((await api.call({ url: '/system_status' })).body).settings.currency;
  } catch (error) {
    if (!isPlatformFailure(error) || error.failure.class !== 'permission') throw error;
    const answer = await api.call({ url: '/orders', query: { per_page: 1 } });
    return newest.parse(answer.body)[0]?.currency ?? null;
  }
}

export const woocommerce = defineConnector({
  id: 'woocommerce',
  name: 'WooCommerce',
  tier: 1,
  category: 'commerce',
  summary: 'Orders with the last visit before them, refunds on the day they were made, customers and products.',
  modes: ['AUTO', 'LIVE', 'MOCK', 'HYBRID'],
  streams: mockStreams('woocommerce'),
  live: {
    // A store has an address of its own; private networks are refused wherever a name leads.
    hosts: ['[a-z0-9-]+(?:\\.[a-z0-9-]+)+'],
    versions: [{ version: 'v3', sunset: null }],
    version: 'v3',
    base: ({ settings, version }) => `${settings['store']}/wp-json/wc/${version}`,
    settings: [
      {
        name: 'store',
        label: 'Address of the store',
        hint: 'With https, without a slash at the end.',
        placeholder: 'https://shop.example.com',
        pattern: 'https://[a-z0-9-]+(?:\\.[a-z0-9-]+)+(?:/[A-Za-z0-9_-]+)*',
      },
    ],
    auth: [grant, key, queryKey],
    accounts: woocommerceAccounts,
    classify: classifyWoocommerce,
    // Shops have no limit of their own, but small hosts.
    limits: { concurrency: 1, requestsPerSecond: 3, timeoutSeconds: 30 },
    streams: [orders, customers, products, coupons],
  },
});
