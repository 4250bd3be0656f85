import { defineConnector } from '../connector.ts';
import { mockStreams } from '../mock-streams.ts';
import { oauth, selfAuthorised } from './auth.ts';
import { classifyAmazon } from './errors.pure.ts';
import { amazonMarketplaces } from './marketplaces.ts';
import { orders } from './orders.ts';
import { apiOf, loginHosts } from './regions.pure.ts';
import { salesDaily } from './sales.ts';
import { trafficDaily } from './traffic.ts';
import { transactions } from './transactions.ts';

export const amazonSeller = defineConnector({
  id: 'amazon_seller',
  name: 'Amazon Seller Central',
  tier: 1,
  category: 'commerce',
  summary: 'Sales of each marketplace by day, sessions and page views, the latest orders, fees and refunds.',
  modes: ['AUTO', 'LIVE', 'MOCK', 'HYBRID'],
  streams: mockStreams('amazon_seller'),
  live: {
    hosts: [
      'sellingpartnerapi-(?:na|eu|fe)\\.amazon\\.com',
      // Files of reports.
      'tortuga-prod-(?:na|eu|fe)\\.s3[a-z0-9.-]*\\.amazonaws\\.com',
      '[a-z0-9]+\\.cloudfront\\.net',
    ],
    // Each part of the API has a version of its own; this is that of the youngest, the orders.
    versions: [{ version: '2026-01-01', sunset: null }],
    version: '2026-01-01',
    base: ({ settings }) => apiOf(settings),
    headers: () => ({ 'user-agent': 'LiftOS/1 (Language=TypeScript)' }),
    settings: [
      {
        name: 'region',
        label: 'Region',
        hint: 'na for North America and Brazil, eu for Europe, India and the Middle East, fe for the Far East.',
        pattern: 'na|eu|fe',
        placeholder: 'eu',
      },
      {
        name: 'applicationId',
        label: 'Application ID',
        hint: 'Only to log in: the ID of your app in Seller Central, besides its client ID.',
        optional: true,
        pattern: 'amzn1\\.sp\\.solution\\.[\\w-]+',
        placeholder: 'amzn1.sp.solution.…',
      },
      {
        name: 'appVersion',
        label: 'Version of the app',
        hint: 'beta while your app is a draft.',
        optional: true,
        pattern: 'beta',
      },
      {
        name: 'sellerCentral',
        label: 'Seller Central host',
        hint: 'Only to log in, where it is not the usual one of the region.',
        optional: true,
        pattern: loginHosts,
        placeholder: 'sellercentral.amazon.com.au',
      },
    ],
    auth: [selfAuthorised, oauth],
    accounts: amazonMarketplaces,
    classify: classifyAmazon,
    // Sales and transactions allow one call in two seconds after bursts of fifteen and ten.
    limits: { concurrency: 2, requestsPerSecond: 1, timeoutSeconds: 60 },
    streams: [salesDaily, orders, trafficDaily, transactions],
  },
});
