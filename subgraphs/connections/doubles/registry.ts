import type { Double } from './kit/define-double.ts';
import { googleAdsDouble } from './google-ads/google-ads.double.ts';
import { klaviyoDouble } from './klaviyo/klaviyo.double.ts';
import { linkedinAdsDouble } from './linkedin-ads/linkedin-ads.double.ts';
import { metaBusinessDouble } from './meta-business/meta-business.double.ts';
import { tiktokDouble } from './tiktok/tiktok.double.ts';
import { hubspotDouble } from './hubspot/hubspot.double.ts';
import { paypalDouble } from './paypal/paypal.double.ts';
import { xAdsDouble } from './x-ads/x-ads.double.ts';
import { salesforceDouble } from './salesforce/salesforce.double.ts';
import { snowflakeDouble } from './snowflake/snowflake.double.ts';
import { databricksDouble } from './databricks/databricks.double.ts';
import { zohoCrmDouble } from './zoho-crm/zoho-crm.double.ts';
import { shopifyDouble } from './shopify/shopify.double.ts';
import { stripeDouble } from './stripe/stripe.double.ts';
import { amazonSellerDouble } from './amazon-seller/amazon-seller.double.ts';
import { woocommerceDouble } from './woocommerce/woocommerce.double.ts';

/** Every double there is. */
export const doubles: readonly Double[] = [
  metaBusinessDouble,
  googleAdsDouble,
  klaviyoDouble,
  tiktokDouble,
  hubspotDouble,
  linkedinAdsDouble,
  paypalDouble,
  xAdsDouble,
  salesforceDouble,
  snowflakeDouble,
  databricksDouble,
  zohoCrmDouble,
  shopifyDouble,
  stripeDouble,
  woocommerceDouble,
  amazonSellerDouble,
];
