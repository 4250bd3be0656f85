import type { Basis, SourceKind } from '@liftos/core/ports/memory.ts';
import type { Money } from '../schema.generated.ts';

interface Figures {
  channel: string;
  campaign: string | null;
  ad_group: string | null;
  ad: string | null;
  region: string | null;
  source_kind: SourceKind;
  basis: Basis;
  first_date: string;
  last_date: string;
  days: number;
  spend: Money;
  impressions: number;
  clicks: number;
  conversions: number;
  revenue: Money;
  roas: number | null;
}

const sources: Record<SourceKind, string> = {
  live: 'In data of the platform',
  file: 'In uploaded data',
  mock: 'In generated data, which is not real',
};

const claims: Record<Basis, string> = {
  claimed: 'claimed by who sold the advertisement',
  booked: 'booked by a shop or a CRM',
  paid: 'paid through a payment service',
};

/** What an entity did, as one sentence that can be cited. */
export function sentence(figures: Figures): string {
  const { source_kind, basis, spend, revenue, roas } = figures;
  const counts = `${count(figures.impressions, 'impression')} and ${count(figures.clicks, 'click')}`;
  const sales = `${count(figures.conversions, 'conversion')} and ${amount(revenue)} revenue (${claims[basis]})`;
  const ratio = roas === null ? 'so that there is no ROAS' : `a ROAS of ${shown(roas)}`;
  return `${sources[source_kind]}, ${names(figures)} had ${amount(spend)} spend, ${counts}, ${sales}, ${ratio}, ${span(figures)}.`;
}

function names({ channel, campaign, ad_group, ad, region }: Figures): string {
  const parts: [string, string | null][] = [
    ['channel', channel],
    ['campaign', campaign],
    ['ad group', ad_group],
    ['ad', ad],
    ['region', region],
  ];
  return parts.flatMap(([kind, name]) => (name === null ? [] : [`${kind} ${quoted(name)}`])).join(', ');
}

/** A name stays a name: neither a line break nor a quotation mark in it ends the quotation. */
function quoted(name: string): string {
  return `"${name.replaceAll(/[\s\p{Cc}]+/gu, ' ').replaceAll('"', "'")}"`;
}

function span({ first_date, last_date, days }: Figures): string {
  return days === 1 ? `on ${first_date}` : `on ${days} days from ${first_date} to ${last_date}`;
}

function count(value: number, noun: string): string {
  return `${shown(value)} ${noun}${value === 1 ? '' : 's'}`;
}

function amount(money: Money): string {
  return `${shown(money.amount)} ${money.currency}`;
}

/** Two decimals, and more where a small figure would be nothing with two. */
const format = new Intl.NumberFormat('en-US', {
  maximumFractionDigits: 2,
  maximumSignificantDigits: 3,
  roundingPriority: 'morePrecision',
});

function shown(value: number): string {
  return format.format(value);
}
