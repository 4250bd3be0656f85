/** Settings that fit the tables of the doubles, but for the names of those. */
export const doubleMapping = {
  dateColumn: 'day',
  channelColumn: 'channel',
  campaignColumn: 'campaign',
  adGroupColumn: 'ad_group',
  adColumn: 'ad',
  spendColumn: 'spend',
  impressionsColumn: 'impressions',
  clicksColumn: 'clicks',
  conversionsColumn: 'conversions',
  revenueColumn: 'revenue',
  currencyColumn: 'currency',
  updatedColumn: 'updated_at',
  currency: 'EUR',
  timeZone: 'UTC',
} as const;

/** Two tables with rows, one that is closed, and an empty one. */
export const doubleTables = ['europe', 'pacific', 'agency', 'united_kingdom']
  .map((name) => `marketing.public.${name === 'agency' ? 'partner' : 'nordwind'}_${name}`)
  .join(', ');
