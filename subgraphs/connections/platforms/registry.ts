import type { Context } from '@liftos/core/context.ts';
import { findCustomConnector } from '../custom/find-custom.ts';
import type { Connector } from './connector.ts';
import type { LocalStream } from './local-stream.ts';
import { fileSource } from './file.connector.ts';
import { googleAds } from './google-ads/google-ads.connector.ts';
import { klaviyo } from './klaviyo/klaviyo.connector.ts';
import { webhookConnector } from '../webhooks/webhook.connector.ts';
import { linkedinAds } from './linkedin-ads/linkedin-ads.connector.ts';
import { metaBusiness } from './meta-business/meta-business.connector.ts';
import { tiktok } from './tiktok/tiktok.connector.ts';
import { hubspot } from './hubspot/hubspot.connector.ts';
import { paypal } from './paypal/paypal.connector.ts';
import { xAds } from './x-ads/x-ads.connector.ts';
import { salesforce } from './salesforce/salesforce.connector.ts';
import { snowflake } from './snowflake/snowflake.connector.ts';
import { databricks } from './databricks/databricks.connector.ts';
import { zohoCrm } from './zoho-crm/zoho-crm.connector.ts';
import { shopify } from './shopify/shopify.connector.ts';
import { stripe } from './stripe/stripe.connector.ts';
import { amazonSeller } from './amazon-seller/amazon-seller.connector.ts';
import { woocommerce } from './woocommerce/woocommerce.connector.ts';

/** Every kind of source there is, in the order in which it is shown. */
export const connectors: readonly Connector[] = [
  metaBusiness,
  googleAds,
  klaviyo,
  tiktok,
  hubspot,
  linkedinAds,
  paypal,
  xAds,
  salesforce,
  snowflake,
  databricks,
  zohoCrm,
  shopify,
  stripe,
  woocommerce,
  amazonSeller,
  fileSource,
  webhookConnector,
];

/** The connector of a platform, also of one that the organisation declared itself; undefined when there is none. */
export async function findConnector(context: Context, platform: string): Promise<Connector | undefined> {
  return connectorOf(platform) ?? findCustomConnector(context, platform);
}

/** The connector of a platform; undefined for names that are none. */
export function connectorOf(platform: string): Connector | undefined {
  return connectors.find(({ id }) => id === platform);
}

/** A stream of a platform that is known to exist. */
export function streamOf(platform: string, name: string): LocalStream {
  const stream = connectorOf(platform)?.streams.find((candidate) => candidate.name === name);
  if (!stream) throw new Error(`The platform ${platform} has no stream ${name}.`);
  return stream;
}
