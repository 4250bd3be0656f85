import type { AuthKind, PlatformAccessQuery } from './access.generated.ts';

export type Platform = PlatformAccessQuery['platforms'][number];
export type Live = NonNullable<Platform['live']>;
export type Method = Live['methods'][number];

/** Whether a way in leads over a page of the platform. */
export function isLogin(kind: AuthKind): boolean {
  return kind === 'OAUTH2' || kind === 'OAUTH1' || kind === 'GRANT';
}

export const categories: Record<Platform['category'], string> = {
  ADVERTISING: 'Advertising',
  COMMERCE: 'Shops and marketplaces',
  EMAIL: 'E-mail and messages',
  CRM: 'Customers and deals',
  PAYMENTS: 'Payments',
  WAREHOUSE: 'Warehouses',
  CUSTOM: 'Your own connectors',
  FILE: 'Files',
};

/** The ways to get data, in words for those who choose. */
export const modeTexts: Record<Platform['modes'][number], { title: string; text: string }> = {
  AUTO: {
    title: 'Auto',
    text: 'Live data as soon as the platform lets us in; generated data until then. The best choice for most.',
  },
  LIVE: { title: 'Live only', text: 'Data of the platform, or a clear failure. Never anything generated.' },
  HYBRID: {
    title: 'Hybrid',
    text: 'Live data, with generated data in place of what cannot be read: marked as such, never added up with it.',
  },
  MOCK: { title: 'Mock', text: 'Generated data with effects that are known, to try everything out.' },
  FILE: { title: 'File', text: 'Files that are uploaded.' },
};
