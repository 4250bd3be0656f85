import type { OAuthApp } from '../platforms/auth-method.ts';

const usual: OAuthApp = { clientId: 'liftos-demo', clientSecret: 'liftos-demo-secret' };

/** Platforms whose doubles know an application in the form of their own. */
const others: Readonly<Record<string, OAuthApp>> = {
  meta_business: { clientId: '1029384756102938', clientSecret: 'meta-double-secret' },
  google_ads: {
    clientId: '123456789012-double.apps.googleusercontent.com',
    clientSecret: 'GOCSPX-google-double-secret',
  },
  amazon_seller: {
    clientId: 'amzn1.application-oa2-client.liftos-demo',
    clientSecret: 'amzn1.oa2-cs.v1.liftos-demo-secret',
  },
  klaviyo: { clientId: '9f1c2d3e-4a5b-4c6d-8e7f-double', clientSecret: 'klaviyo-double-secret' },
};

/** The application that a platform's double knows. */
export function demoApp(platform: string): OAuthApp {
  return others[platform] ?? usual;
}
