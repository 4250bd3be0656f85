/** Words in what sales people choose from, by the channel they mean; the first that fits counts. */
const known: readonly (readonly [RegExp, string])[] = [
  [/google\s*ad|adwords/, 'Google Ads'],
  [/(?:facebook|instagram|meta)\s*(?:ad|lead|paid)/, 'Meta Ads'],
  [/linkedin\s*(?:ad|lead|paid)/, 'LinkedIn Ads'],
  [/tiktok\s*(?:ad|lead|paid)/, 'TikTok Ads'],
  [/(?:twitter|\bx)\s*ads/, 'X Ads'],
  [/(?:bing|microsoft)\s*ad/, 'Microsoft Ads'],
  [/e-?mail|newsletter/, 'Email'],
  [/organic|\bseo\b|search engine/, 'Organic Search'],
  [/affiliate/, 'Affiliates'],
  [/^(?:facebook|instagram|linkedin|twitter|x|tiktok|youtube|social(?: media)?)$/, 'Organic Social'],
  [/referral|partner|word of mouth/, 'Referral'],
];

/**
 * The channel in the source of a lead, a list that each company writes for itself. What names no channel of an
 * advertising platform stands for itself, e.g. `Trade Show`; nothing is `Direct`.
 */
export function channelOfLead(source: string | null | undefined): string {
  const text = (source ?? '').trim();
  if (text === '') return 'Direct';
  return known.find(([pattern]) => pattern.test(text.toLowerCase()))?.[1] ?? text;
}

/** Channels whose spend comes from the advertising platforms themselves. */
export function isAdvertising(channel: string): boolean {
  return channel.endsWith(' Ads');
}
