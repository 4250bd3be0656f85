/** What a shop or a CRM knows of a visit. */
export interface Visit {
  source?: string | null;
  medium?: string | null;
  campaign?: string | null;
  referrer?: string | null;
}

/** Channels of advertising platforms, named as their connectors name them, so that spend and visits meet. */
const paidSources: readonly (readonly [RegExp, string])[] = [
  [/facebook|instagram|meta|^fb$|^ig$/, 'Meta Ads'],
  [/google|adwords|youtube/, 'Google Ads'],
  [/tiktok/, 'TikTok Ads'],
  [/linkedin/, 'LinkedIn Ads'],
  [/twitter|^x$|^t\.co$/, 'X Ads'],
  [/bing|microsoft/, 'Microsoft Ads'],
];
const paid = /cpc|ppc|cpm|cpv|paid|display|retarget|banner|^ads?$/;

/** Groups of visits nobody paid for, by medium and source or referring host; the first that fits counts. */
const groups: readonly { channel: string; medium?: RegExp; place?: RegExp }[] = [
  { channel: 'Email', medium: /e-?mail|newsletter/ },
  { channel: 'Email', place: /klaviyo|newsletter|mailchimp/ },
  { channel: 'SMS', medium: /sms|text/ },
  { channel: 'Affiliates', medium: /affiliate/ },
  { channel: 'Organic Search', medium: /^organic$/ },
  { channel: 'Organic Search', place: /google|bing|yahoo|duckduckgo|ecosia|baidu|yandex/ },
  { channel: 'Organic Social', medium: /social/ },
  { channel: 'Organic Social', place: /facebook|instagram|tiktok|linkedin|twitter|pinterest|reddit|youtube|^x$|t\.co/ },
  { channel: 'Referral', medium: /referral/ },
  { channel: 'Direct', place: /^$|^\(?direct\)?$/ },
];

/** The channel a visit came by. A paid visit belongs to its platform, others to the usual groups of web analytics. */
export function channelOfVisit({ source, medium, referrer }: Visit): string {
  const from = (source ?? '').toLowerCase().trim();
  const how = (medium ?? '').toLowerCase().trim();
  if (paid.test(how)) return paidSources.find(([pattern]) => pattern.test(from))?.[1] ?? 'Other Paid';
  const place = from || hostOf(referrer);
  const group = groups.find((rule) => rule.medium?.test(how) ?? rule.place?.test(place));
  return group?.channel ?? 'Referral';
}

function hostOf(referrer: string | null | undefined): string {
  if (!referrer || !URL.canParse(referrer)) return '';
  return new URL(referrer).hostname.replace(/^www\./, '');
}
