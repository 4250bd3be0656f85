import { badInput } from '@liftos/core/errors.ts';
import type { Credential, Field, GrantMethod, KeyMethod, Outgoing } from '../auth-method.ts';

const fields: readonly Field[] = [
  { name: 'consumerKey', label: 'Consumer key', secret: true, pattern: 'ck_\\w+', placeholder: 'ck_…' },
  { name: 'consumerSecret', label: 'Consumer secret', secret: true, pattern: 'cs_\\w+', placeholder: 'cs_…' },
];
const hint = 'WooCommerce, Settings, Advanced, REST API, Add key, with permission to read.';

function basic(request: Outgoing, { values }: Credential): void {
  const pair = `${values['consumerKey'] ?? ''}:${values['consumerSecret'] ?? ''}`;
  request.headers['authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`;
}

/** The store's own page hands over a key, which waits for the browser of who began the login. */
export const grant: GrantMethod = {
  id: 'grant',
  kind: 'grant',
  title: 'Let the store hand over a key',
  hint: 'Log in to the store as an administrator. The store must be able to reach this address over HTTPS.',
  fields: [],
  grantUrl: ({ store = '' }, { state, returnUrl, callbackUrl, appName }) => {
    const query = {
      app_name: appName,
      scope: 'read',
      user_id: state,
      return_url: returnUrl,
      callback_url: callbackUrl,
    };
    return `${store}/wc-auth/v1/authorize?${new URLSearchParams(query)}`;
  },
  readCallback: ({ user_id: state, consumer_key: consumerKey, consumer_secret: consumerSecret }) => {
    if (typeof state !== 'string' || typeof consumerKey !== 'string' || typeof consumerSecret !== 'string')
      throw badInput('consumer_key', 'The store handed over no key.');
    return { state, values: { consumerKey, consumerSecret } };
  },
  apply: basic,
};

export const key: KeyMethod = { id: 'key', kind: 'key', title: 'Key and secret', hint, fields, apply: basic };

export const queryKey: KeyMethod = {
  id: 'query_key',
  kind: 'key',
  title: 'Key and secret in the address',
  hint: `For hosts that drop the header, when the other way is refused. ${hint}`,
  fields,
  apply: ({ url }, { values }) => {
    url.searchParams.set('consumer_key', values['consumerKey'] ?? '');
    url.searchParams.set('consumer_secret', values['consumerSecret'] ?? '');
  },
};
