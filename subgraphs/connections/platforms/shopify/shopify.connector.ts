import { z } from 'zod';
import type { Account, Api } from '../connector.ts';
import { defineConnector } from '../connector.ts';
import { mockStreams } from '../mock-streams.ts';
import { customApp, oauth, shopPattern } from './auth.ts';
import { classifyShopify, version } from './errors.pure.ts';
import { customers, products } from './objects.ts';
import { orders } from './orders.ts';

const shop = z.looseObject({
  data: z.looseObject({
    shop: z.looseObject({
      name: z.string(),
      myshopifyDomain: z.string(),
      currencyCode: z.string(),
      ianaTimezone: z.string(),
    }),
  }),
});

/** A token belongs to one shop. */
async function shopifyAccounts(api: Api): Promise<Account[]> {
  const query = '{ shop { name myshopifyDomain currencyCode ianaTimezone } }';
  const { body } = await api.call({ method: 'POST', url: '/graphql.json', body: { query } });
  const { name, myshopifyDomain: id, currencyCode: currency, ianaTimezone: timeZone } = shop.parse(body).data.shop;
  return [{ id, name, currency, timeZone, state: 'ok' }];
}

export const shopify = defineConnector({
  id: 'shopify',
  name: 'Shopify',
  tier: 1,
  category: 'commerce',
  summary: 'Orders with the visits before them, refunds on the day they were made, customers and products.',
  modes: ['AUTO', 'LIVE', 'MOCK', 'HYBRID'],
  streams: mockStreams('shopify'),
  live: {
    hosts: [shopPattern],
    versions: [
      { version: '2026-10', sunset: '2027-10-01' },
      { version: '2026-07', sunset: '2027-07-01' },
    ],
    version,
    base: ({ settings, version }) => `https://${settings['shop']}/admin/api/${version}`,
    settings: [
      {
        name: 'shop',
        label: 'Shop',
        hint: 'The address that ends with myshopify.com, also when the shop has a domain of its own.',
        placeholder: 'your-shop.myshopify.com',
        pattern: shopPattern,
      },
    ],
    auth: [oauth, customApp],
    accounts: shopifyAccounts,
    classify: classifyShopify,
    // A hundred points a second in the smallest plan; a page of a hundred orders costs some hundred.
    limits: { concurrency: 2, requestsPerSecond: 1, timeoutSeconds: 60 },
    streams: [orders, customers, products],
  },
});
