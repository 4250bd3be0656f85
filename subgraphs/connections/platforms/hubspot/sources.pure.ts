import type { Touch } from '../../csv/journey-columns.pure.ts';
import { channelOfVisit } from '../kit/visit-channel.pure.ts';

/** A property is a text, or null when it has no value. */
export type Properties = Readonly<Record<string, string | null | undefined>>;

interface Source {
  channel: string;
  campaign: string | null;
}

type Details = (first: string | null, second: string | null) => Source;

/** Groups of HubSpot's analytics. What the two levels of detail mean differs from group to group. */
const groups: Readonly<Record<string, Details>> = {
  PAID_SEARCH: (campaign, second) => ({
    channel: /bing|microsoft/i.test(`${campaign} ${second}`) ? 'Microsoft Ads' : 'Google Ads',
    campaign,
  }),
  PAID_SOCIAL: (network, campaign) => ({ channel: channelOfVisit({ source: network, medium: 'paid' }), campaign }),
  EMAIL_MARKETING: (campaign) => ({ channel: 'Email', campaign }),
  ORGANIC_SEARCH: () => ({ channel: 'Organic Search', campaign: null }),
  AI_REFERRALS: () => ({ channel: 'Referral', campaign: null }),
  REFERRALS: () => ({ channel: 'Referral', campaign: null }),
  SOCIAL_MEDIA: (_, campaign) => ({ channel: 'Organic Social', campaign }),
  OTHER_CAMPAIGNS: (campaign, second) => {
    const [source, medium] = (second ?? '').split('/').map((part) => part.trim());
    const channel = channelOfVisit({ source: source ?? null, medium: medium ?? null });
    return { channel: channel === 'Direct' ? 'Other Campaigns' : channel, campaign };
  },
  OFFLINE: () => ({ channel: 'Offline', campaign: null }),
};

/**
 * The channel in the properties of a source, e.g. `hs_analytics_source` with its `_data_1` and `_data_2`; null when
 * HubSpot knows of none.
 */
export function sourceIn(properties: Properties, name: string): Source | null {
  const group = properties[name];
  if (!group) return null;
  const read = groups[group];
  const value = (level: 1 | 2): string | null => properties[`${name}_data_${level}`] || null;
  return read ? read(value(1), value(2)) : { channel: 'Direct', campaign: null };
}

/** First and latest source of a contact as touches, with their ages in days before `at`. */
export function touchesOf(properties: Properties, at: Date): Touch[] {
  const seen = [
    { source: sourceIn(properties, 'hs_analytics_source'), time: properties['hs_analytics_first_timestamp'] },
    { source: sourceIn(properties, 'hs_latest_source'), time: properties['hs_latest_source_timestamp'] },
  ];
  const touches = seen.flatMap(({ source, time }) => {
    const then = instant(time);
    if (!source || (then && then > at)) return [];
    return { ...source, age: then ? (at.getTime() - then.getTime()) / 86_400_000 : Number.NaN, time };
  });
  // A single visit is the first and the latest one.
  const unique = touches.filter(({ time }, index) => index === 0 || time !== touches[0]!.time);
  return unique.map(({ channel, campaign, age }) => ({ channel, campaign, age }));
}

/** An instant in a property: ISO 8601, or milliseconds since 1970. Throws RangeError for what is none. */
export function instant(value: string | null | undefined): Date | null {
  if (!value) return null;
  const date = new Date(/^\d+$/.test(value) ? Number(value) : value);
  if (Number.isNaN(date.getTime())) throw new RangeError(`${value} is no instant.`);
  return date;
}
