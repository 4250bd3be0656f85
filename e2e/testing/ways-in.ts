import type { Doubles } from '@liftos/connections/doubles/start-doubles.ts';
import type { AuthMethod } from '@liftos/connections/platforms/auth-method.ts';

/** A platform, how it is connected, and how its access ends there and is given again. */
export interface WayIn {
  kind: AuthMethod['kind'];
  platform: string;
  name: string;
  /** What is said of the account, by label. */
  settings?: Readonly<Record<string, string>>;
  /** What is typed in at first and after the access has ended; nothing where one logs in. */
  typed?: { first: Readonly<Record<string, string>>; next: Readonly<Record<string, string>> };
  /** Labels of accounts that are not read. */
  without?: readonly RegExp[];
  /** What somebody does at the platform. */
  end(doubles: Doubles): void;
}

const account = 'Nordwind Europe';

/** The account of a double whose figures are in EUR. */
export function euroAccount(doubles: Doubles, platform: string): string {
  return doubles.accounts(platform).find(({ name }) => name === account)!.id;
}

function revoke(platform: string) {
  return (doubles: Doubles): void => doubles.control({ platform, action: 'revoke' });
}

/** One platform for each kind of way in. */
export const waysIn: readonly WayIn[] = [
  { kind: 'oauth2', platform: 'meta_business', name: 'Meta Business', end: revoke('meta_business') },
  { kind: 'oauth1', platform: 'x_ads', name: 'X Ads', end: revoke('x_ads') },
  {
    kind: 'grant',
    platform: 'woocommerce',
    name: 'WooCommerce',
    settings: { 'Address of the store': 'https://nordwind-europe.store.example' },
    end: revoke('woocommerce'),
  },
  {
    kind: 'key',
    platform: 'stripe',
    name: 'Stripe',
    typed: { first: { Key: 'rk_live_double_europe' }, next: { Key: 'rk_live_the_next' } },
    end(doubles) {
      doubles.control({ platform: 'stripe', action: 'revoke' });
      const name = 'rk_live_the_next';
      doubles.control({ platform: 'stripe', action: 'addKey', name, account: euroAccount(doubles, 'stripe') });
    },
  },
  {
    kind: 'mint',
    platform: 'paypal',
    name: 'PayPal',
    typed: {
      first: { 'Client ID': 'liftos-demo', Secret: 'liftos-demo-secret' },
      next: { 'Client ID': 'liftos-demo', Secret: 'the-next-secret' },
    },
    // PayPal is asked less than once a second; one currency is enough here.
    without: [/in NZD/, /in GBP/],
    end: (doubles) => doubles.control({ platform: 'paypal', action: 'changeSecret', name: 'the-next-secret' }),
  },
];
