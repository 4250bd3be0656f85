import type { Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { storeCredential } from '../../credentials/credential-store.ts';
import { amazonSellerDouble } from '../../doubles/amazon-seller/amazon-seller.double.ts';
import { privateApps } from '../../doubles/hubspot/state.ts';
import { instanceHost, sessions } from '../../doubles/salesforce/state.ts';
import { accountsTruth } from '../../doubles/truth/accounts.pure.ts';
import { xAdsDouble } from '../../doubles/x-ads/x-ads.double.ts';
import type { Credential, Values } from '../auth-method.ts';
import { firstTokens } from '../../doubles/zoho-crm/state.ts';
import { doubleMapping, doubleTables } from '../warehouse/testing.ts';

/** How a connector is let in by its double, and what of it can be compared. */
export interface ContractCase {
  /** The id of the auth method. */
  method: string;
  /** Values of its fields. */
  secrets?: Values;
  /** A token that the double accepts, for methods without fields. */
  accessToken?: string;
  /** What the platform said with the token. */
  extra?: Values;
  settings?: Values;
  /** Name of the account behind the credential, where it is a single one; the others are then not seen. */
  only?: string;
  /** All accounts that the credential sees are open. */
  open?: true;
  /** Other accounts, whose days are those of another zone, where a credential sees only one. */
  others?: readonly Pick<ContractCase, 'only' | 'secrets' | 'accessToken' | 'settings' | 'extra'>[];
  /** Why no range is too much for the platform: pages are all it needs. */
  noCap?: string;
  /** The stream whose rows the double's totals are about; facts or items. */
  main: string;
  /** Other streams whose rows are in these totals. */
  beside?: readonly string[];
  /** Figures of the totals that its rows add up to. */
  figures: readonly ('spend' | 'impressions' | 'clicks' | 'conversions' | 'revenue')[];
}

export const cases: Readonly<Record<string, ContractCase>> = {
  meta_business: {
    method: 'system_user',
    secrets: { token: 'EAAdoubleSystemUserToken' },
    main: 'ad_daily',
    figures: ['spend', 'impressions', 'clicks', 'conversions', 'revenue'],
  },
  google_ads: {
    method: 'oauth',
    accessToken: 'ya29.google-double-access-token',
    main: 'ad_daily',
    figures: ['spend', 'impressions', 'clicks', 'conversions', 'revenue'],
  },
  klaviyo: {
    method: 'private_key',
    secrets: { key: 'pk_double_pacific' },
    only: 'Nordwind Pacific',
    others: [{ only: 'Nordwind Europe', secrets: { key: 'pk_double_europe' } }],
    main: 'orders_daily',
    figures: ['conversions', 'revenue'],
  },
  tiktok: {
    method: 'token',
    secrets: { token: 'tiktok-double-access-token', appId: 'liftos-demo', appSecret: 'liftos-demo-secret' },
    main: 'ad_daily',
    figures: ['spend', 'impressions', 'clicks', 'conversions', 'revenue'],
  },
  linkedin_ads: {
    method: 'token',
    secrets: { token: 'linkedin-double-access-token' },
    main: 'ad_daily',
    figures: ['spend', 'impressions', 'clicks', 'conversions', 'revenue'],
  },
  x_ads: {
    method: 'keys',
    secrets: {
      consumerKey: xAdsDouble.access['API key']!,
      consumerSecret: xAdsDouble.access['API key secret']!,
      token: xAdsDouble.access['Access token']!,
      tokenSecret: xAdsDouble.access['Access token secret']!,
    },
    main: 'ad_group_daily',
    figures: ['spend', 'impressions', 'clicks', 'conversions', 'revenue'],
  },
  snowflake: {
    method: 'token',
    secrets: { token: 'snowflake-double-token' },
    settings: {
      ...doubleMapping,
      account: 'nordwind-marketing',
      warehouse: 'REPORTING_XS',
      tables: doubleTables.toUpperCase(),
    },
    main: 'daily',
    figures: ['spend', 'impressions', 'clicks', 'conversions', 'revenue'],
  },
  databricks: {
    method: 'token',
    secrets: { token: 'dapi-databricks-double' },
    settings: {
      ...doubleMapping,
      host: 'dbc-nordwind.cloud.databricks.com',
      warehouseId: '1234567890abcdef',
      tables: doubleTables,
    },
    main: 'daily',
    figures: ['spend', 'impressions', 'clicks', 'conversions', 'revenue'],
  },
  hubspot: {
    method: 'private_app',
    secrets: { token: privateApps[0] },
    only: 'Nordwind Europe',
    others: [{ only: 'Nordwind Pacific', secrets: { token: privateApps[1] } }],
    main: 'deals',
    figures: ['conversions', 'revenue'],
  },
  salesforce: {
    method: 'oauth',
    accessToken: sessions[0],
    extra: { instance_url: `https://${instanceHost(accountsTruth('salesforce', { seed: 1 })[0]!.id)}` },
    only: 'Nordwind Europe',
    others: [
      {
        only: 'Nordwind Pacific',
        accessToken: sessions[1],
        extra: { instance_url: `https://${instanceHost(accountsTruth('salesforce', { seed: 1 })[1]!.id)}` },
      },
    ],
    main: 'opportunities',
    figures: ['conversions', 'revenue'],
  },
  paypal: {
    method: 'rest_app',
    secrets: { clientId: 'liftos-demo', clientSecret: 'liftos-demo-secret' },
    open: true,
    main: 'transactions',
    figures: ['conversions', 'revenue'],
  },
  zoho_crm: {
    method: 'oauth',
    accessToken: firstTokens[1],
    extra: { api_domain: 'https://www.zohoapis.eu' },
    only: 'Nordwind Pacific',
    others: [{ only: 'Nordwind Europe', accessToken: firstTokens[0] }],
    noCap: 'Zoho takes only a beginning, and its page tokens reach behind every record.',
    main: 'deals',
    figures: ['conversions', 'revenue'],
  },
  shopify: {
    method: 'custom_app',
    secrets: { token: 'shpat_double_nordwind_pacific' },
    settings: { shop: 'nordwind-pacific.myshopify.com' },
    only: 'Nordwind Pacific',
    others: [
      {
        only: 'Nordwind Europe',
        secrets: { token: 'shpat_double_nordwind_europe' },
        settings: { shop: 'nordwind-europe.myshopify.com' },
      },
    ],
    main: 'orders',
    figures: ['conversions', 'revenue'],
  },
  stripe: {
    method: 'restricted_key',
    secrets: { key: 'rk_live_double_europe' },
    only: 'Nordwind Europe',
    main: 'charges',
    beside: ['refunds'],
    figures: ['conversions', 'revenue'],
  },
  woocommerce: {
    method: 'key',
    secrets: { consumerKey: 'ck_double_nordwind_pacific', consumerSecret: 'cs_double' },
    settings: { store: 'https://nordwind-pacific.store.example' },
    only: 'Nordwind Pacific',
    others: [
      {
        only: 'Nordwind Europe',
        secrets: { consumerKey: 'ck_double_nordwind_europe', consumerSecret: 'cs_double' },
        settings: { store: 'https://nordwind-europe.store.example' },
      },
    ],
    noCap: 'WooCommerce counts pages without an end.',
    main: 'orders',
    figures: ['conversions', 'revenue'],
  },
  amazon_seller: {
    method: 'refresh_token',
    secrets: {
      clientId: amazonSellerDouble.access['Client ID']!,
      clientSecret: amazonSellerDouble.access['Client secret']!,
      refreshToken: amazonSellerDouble.access['Refresh token']!,
    },
    settings: { region: 'eu', applicationId: amazonSellerDouble.access['Application ID']! },
    open: true,
    noCap: 'Amazon sums up any range by day, and its lists go on by tokens.',
    main: 'sales_daily',
    figures: ['conversions', 'revenue'],
  },
};

/** Lets a connection in by its double. */
export async function letIn(context: Context, given: ContractCase, id: string): Promise<void> {
  const { accessToken, secrets = {}, extra = {} } = given;
  const credential: Credential = { values: secrets, extra, ...(accessToken ? { accessToken } : {}) };
  await transaction(context, (tx) => storeCredential(tx, id, credential));
}
