import type { Touch } from '../../csv/journey-columns.pure.ts';

/** A visit before an order or a deal. */
export interface VisitTruth {
  /** Milliseconds since 1970. */
  at: number;
  channel: string;
  source: string;
  medium: string;
  /** `utm_campaign`; the campaign's name as the advertising platform calls it. */
  campaign: string | null;
  referrer: string;
  landingPage: string;
}

const sources: readonly (readonly [RegExp, string, string, string])[] = [
  [/social/i, 'facebook', 'paid_social', 'https://l.facebook.com/'],
  [/organic/i, 'google', 'organic', 'https://www.google.com/'],
  [/search/i, 'google', 'cpc', 'https://www.google.com/'],
  [/e-?mail/i, 'newsletter', 'email', ''],
  [/affiliate/i, 'awin', 'affiliate', 'https://www.awin1.com/'],
  [/marketplace/i, 'idealo', 'marketplace', 'https://www.idealo.de/'],
  [/partner/i, 'partner', 'referral', 'https://partner.example/'],
  [/event|webinar/i, 'event', 'offline', ''],
  [/account-based/i, 'linkedin', 'paid_social', 'https://www.linkedin.com/'],
];

/** A touch of a journey as a shop or CRM records it. */
export function visitOf(touch: Touch, conversionAt: number): VisitTruth {
  const [, source, medium, referrer] = sources.find(([pattern]) => pattern.test(touch.channel)) ?? [
    null,
    touch.channel.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
    'paid',
    '',
  ];
  const query = new URLSearchParams({ utm_source: source, utm_medium: medium, utm_campaign: touch.campaign ?? '' });
  return {
    at: Math.round((conversionAt - touch.age * 86_400_000) / 1000) * 1000,
    channel: touch.channel,
    source,
    medium,
    campaign: touch.campaign,
    referrer,
    landingPage: `https://nordwind.example/?${query}`,
  };
}
