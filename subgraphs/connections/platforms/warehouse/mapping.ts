import type { Field } from '../auth-method.ts';

const name = String.raw`(?:[A-Za-z_][\w$\-]*|"[^";]+")`;
const table = String.raw`${name}(?:\.${name}){0,2}`;

const column = (field: string, label: string, placeholder: string, more: Partial<Field> = {}): Field => ({
  name: field,
  label,
  placeholder,
  optional: true,
  pattern: name,
  ...more,
});

/** Where rows are and what their columns mean; the same for every warehouse. */
export const mappingFields: readonly Field[] = [
  {
    name: 'tables',
    label: 'Tables',
    hint: 'Several tables of the same shape are separated by commas. Leave empty to write a query.',
    placeholder: 'marketing.public.ad_spend',
    optional: true,
    pattern: String.raw`${table}(?:\s*,\s*${table})*`,
  },
  {
    name: 'query',
    label: 'Query instead of tables',
    hint: 'A SELECT that gives the columns below. It is only ever read from.',
    multiline: true,
    optional: true,
    pattern: String.raw`\s*(?:[Ss][Ee][Ll][Ee][Cc][Tt]|[Ww][Ii][Tt][Hh])\s[^;]*;?\s*`,
  },
  column('dateColumn', 'Column of the day', 'day', { optional: false }),
  column('channelColumn', 'Column of the channel', 'channel', { optional: false }),
  column('campaignColumn', 'Column of the campaign', 'campaign'),
  column('adGroupColumn', 'Column of the ad group', 'ad_group'),
  column('adColumn', 'Column of the advertisement', 'ad'),
  column('regionColumn', 'Column of the region or market', 'region'),
  column('spendColumn', 'Column of the spend', 'spend'),
  column('impressionsColumn', 'Column of impressions', 'impressions'),
  column('clicksColumn', 'Column of clicks', 'clicks'),
  column('conversionsColumn', 'Column of conversions', 'conversions'),
  column('revenueColumn', 'Column of the revenue', 'revenue'),
  column('currencyColumn', 'Column of the currency', 'currency', {
    hint: 'Leave empty when all amounts are in the currency below.',
  }),
  column('updatedColumn', 'Column of the last change', 'updated_at', {
    hint: 'Days with rows that changed are read again, however old they are. Without it, the last 30 days are.',
  }),
  { name: 'currency', label: 'Currency', placeholder: 'EUR', pattern: '[A-Z]{3}' },
  {
    name: 'timeZone',
    label: 'Time zone of the days',
    placeholder: 'Europe/Berlin',
    pattern: String.raw`[\w+\-]+(?:/[\w+\-]+){0,2}`,
  },
];
