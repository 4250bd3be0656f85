import { z } from 'zod';
import { bearer } from '../auth-method.ts';
import type { Account, Api } from '../connector.ts';
import { defineConnector } from '../connector.ts';
import { mockStreams } from '../mock-streams.ts';
import { classifyStripe } from './errors.pure.ts';
import { customers, disputes, invoices, paymentIntents, subscriptions } from './objects.ts';
import { balanceTransactions, charges, refunds } from './payments.ts';

const version = '2026-07-29.dahlia';

const account = z.looseObject({
  id: z.string(),
  default_currency: z.string(),
  business_profile: z.looseObject({ name: z.string().nullish() }).nullish(),
  settings: z
    .looseObject({
      dashboard: z.looseObject({ display_name: z.string().nullish(), timezone: z.string().nullish() }).nullish(),
    })
    .nullish(),
});
const balance = z.looseObject({ livemode: z.boolean() });

/** The one account of a key. Only the balance tells whether a key is of test mode. */
async function stripeAccounts(api: Api): Promise<Account[]> {
  const found = account.parse((await api.call({ url: '/account' })).body);
  const { livemode: isLive } = balance.parse((await api.call({ url: '/balance' })).body);
  const { display_name: shown, timezone } = found.settings?.dashboard ?? {};
  const name = shown || found.business_profile?.name || found.id;
  return [
    {
      id: found.id,
      name: isLive ? name : `${name} (test mode, counts nothing)`,
      currency: found.default_currency.toUpperCase(),
      timeZone: timezone || 'UTC',
      state: 'ok',
      extra: { mode: isLive ? 'live' : 'test' },
    },
  ];
}

export const stripe = defineConnector({
  id: 'stripe',
  name: 'Stripe',
  tier: 2,
  category: 'payments',
  summary: 'Charges and refunds on the day they were made, fees, subscriptions, invoices, customers and disputes.',
  modes: ['AUTO', 'LIVE', 'MOCK', 'HYBRID'],
  streams: mockStreams('stripe'),
  live: {
    hosts: ['api\\.stripe\\.com', 'connect\\.stripe\\.com'],
    versions: [{ version, sunset: null }],
    version,
    base: () => 'https://api.stripe.com/v1',
    headers: (target) => ({ 'stripe-version': target.version }),
    auth: [
      {
        id: 'restricted_key',
        kind: 'key',
        title: 'Restricted key',
        hint:
          'Developers, API keys, Create restricted key, with read access to balance, charges, refunds, events, customers, ' +
          'disputes, invoices, payment intents and subscriptions. What a key may not read is left out and named.',
        fields: [
          { name: 'key', label: 'Key', secret: true, pattern: '[rs]k_(?:live|test)_\\w+', placeholder: 'rk_live_…' },
        ],
        apply: (request, { values }) => {
          request.headers['authorization'] = `Bearer ${values['key'] ?? ''}`;
        },
      },
      {
        id: 'connect',
        kind: 'oauth2',
        title: 'Log in with Stripe',
        fields: [],
        authorizeUrl: () => 'https://connect.stripe.com/oauth/authorize',
        tokenUrl: () => 'https://connect.stripe.com/oauth/token',
        scopes: ['read_only'],
        scopeSeparator: ' ',
        pkce: false,
        clientAuth: 'body',
        renewal: 'none',
        usualLifeSeconds: null,
        renewAheadSeconds: 0,
        apply: bearer,
      },
    ],
    settings: [],
    accounts: stripeAccounts,
    classify: classifyStripe,
    // A hundred a second are allowed, 25 in test mode; others use the account as well.
    limits: { concurrency: 3, requestsPerSecond: 15, timeoutSeconds: 80 },
    streams: [charges, refunds, balanceTransactions, paymentIntents, invoices, subscriptions, customers, disputes],
  },
});
