import { defineConnector } from '../connector.ts';
import { mockStreams } from '../mock-streams.ts';
import { dailyBalances, paypalAccounts } from './balances.ts';
import { restApp } from './client-credentials.ts';
import { disputes } from './disputes.ts';
import { classifyPaypal } from './errors.pure.ts';
import { transactions } from './transactions.ts';

const live = 'api-m.paypal.com';
const sandbox = 'api-m.sandbox.paypal.com';

export const paypal = defineConnector({
  id: 'paypal',
  name: 'PayPal',
  tier: 2,
  category: 'payments',
  summary: 'Payments and refunds with their fees in every currency, disputes and balances. PayPal reports hours later.',
  modes: ['AUTO', 'LIVE', 'MOCK', 'HYBRID'],
  streams: mockStreams('paypal'),
  live: {
    hosts: ['api-m\\.paypal\\.com', 'api-m\\.sandbox\\.paypal\\.com'],
    versions: [{ version: 'v1', sunset: null }],
    version: 'v1',
    base: ({ version, extra }) => `https://${extra['host'] === sandbox ? sandbox : live}/${version}`,
    settings: [
      {
        name: 'timeZone',
        label: 'Time zone of your days',
        hint: 'PayPal says when something happened, but not in which zone your days begin.',
        optional: true,
        placeholder: 'Europe/Berlin',
        pattern: '[A-Za-z_]+(?:/[A-Za-z0-9_+-]+){0,2}',
      },
    ],
    auth: [restApp('rest_app', 'REST app', live), restApp('sandbox_app', 'REST app of the sandbox', sandbox)],
    accounts: paypalAccounts,
    classify: classifyPaypal,
    // About 50 requests a minute.
    limits: { concurrency: 2, requestsPerSecond: 0.8, timeoutSeconds: 60 },
    streams: [transactions, disputes, dailyBalances],
  },
});
