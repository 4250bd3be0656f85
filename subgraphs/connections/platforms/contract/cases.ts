import type { Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { storeCredential } from '../../credentials/credential-store.ts';
import { xAdsDouble } from '../../doubles/x-ads/x-ads.double.ts';
import type { Credential, Values } from '../auth-method.ts';

/** How a connector is let in by its double, and what of it can be compared. */
export interface ContractCase {
  /** The id of the auth method. */
  method: string;
  /** Values of its fields. */
  secrets?: Values;
  /** A token that the double accepts, for methods without fields. */
  accessToken?: string;
  settings?: Values;
  /** Name of the account behind the credential, where it is a single one; the others are then not seen. */
  only?: string;
  /** The stream whose rows the double's totals are about; facts or items. */
  main: string;
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
};

/** Lets a connection in by its double. */
export async function letIn(context: Context, given: ContractCase, id: string): Promise<void> {
  const { accessToken, secrets = {} } = given;
  const credential: Credential = { values: secrets, extra: {}, ...(accessToken ? { accessToken } : {}) };
  await transaction(context, (tx) => storeCredential(tx, id, credential));
}
