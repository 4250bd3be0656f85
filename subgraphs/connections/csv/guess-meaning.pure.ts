import { detectDateFormat } from './parse-date.pure.ts';
import { isCurrencyCode } from './currency.pure.ts';

/** What a column means; the same words as `ColumnMeaning` of the schema. */
export const allMeanings = [
  'IGNORE',
  'DATE',
  'CHANNEL',
  'CAMPAIGN',
  'AD_GROUP',
  'AD',
  'REGION',
  'SPEND',
  'IMPRESSIONS',
  'CLICKS',
  'CONVERSIONS',
  'REVENUE',
  'CURRENCY',
  'PATH',
  'NULLS',
  'JOURNEY',
  'TOUCHED_AT',
  'CONVERTED_AT',
  'DAYS_BEFORE_CONVERSION',
] as const;

export type Meaning = (typeof allMeanings)[number];
export type Kind = 'RECORDS' | 'JOURNEYS';

/**
 * Names by meaning, best first: English, German, and what the exports of ad platforms and shops call it. Written as
 * `normalizeName` leaves them.
 */
const namesOf: Partial<Record<Meaning, string>> = {
  DATE:
    'date, day, datum, tag, report date, reporting starts, reporting start, ' +
    'date start, start date, beginn des berichtszeitraums, berichtsstart, beginn des berichts, ds, ' +
    'stat time day, week, woche',
  CHANNEL:
    'channel, kanal, marketing channel, marketingkanal, channel name, default channel group, ' +
    'default channel grouping, channel group, channel grouping, source medium, publisher platform, ' +
    'platform, plattform, network, werbenetzwerk, utm source, source, quelle, medium, touchpoint',
  CAMPAIGN:
    'campaign, kampagne, campaign name, kampagnenname, name der kampagne, utm campaign, ' +
    'campaign group name, campaign id',
  AD_GROUP:
    'ad group, adgroup, ad set, adset, ad group name, ad set name, adset name, adgroup name, ' +
    'anzeigengruppe, anzeigengruppenname, name der anzeigengruppe, ad group id, ad set id',
  AD: 'ad, ad name, anzeige, anzeigenname, werbeanzeige, creative, creative name, ad id',
  REGION:
    'region, geo, market, dma, state, location, city, geo name, region name, dma region, dma name, ' +
    'designated market area, metro, metro area, province, bundesland, stadt, ort, standort, markt, ' +
    'country, land, country code',
  SPEND:
    'spend, cost, costs, amount spent, ad spend, kosten, ausgaben, ausgegebener betrag, ' +
    'werbeausgaben, total spend, total cost, spent, media cost, cost micros, spend micros',
  IMPRESSIONS: 'impressions, impr, impressionen, einblendungen, total impressions, paid impressions',
  CLICKS: 'clicks, klicks, link clicks, clicks all, klicks alle, linkklicks, link klicks, total clicks',
  CONVERSIONS:
    'conversions, total conversions, conversion, conv, all conv, results, ergebnisse, purchases, ' +
    'website purchases, kaufe, orders, bestellungen, placed order, total purchases, leads, converted',
  REVENUE:
    'revenue, umsatz, conversion value, conv value, total conversion value, total conv value, ' +
    'purchases conversion value, purchase conversion value, conversion wert, conv wert, ' +
    'conversions wert, wert, value, umsatze, erlos, sales, purchase value, ' +
    'website purchases conversion value, placed order value, order value, total revenue, einnahmen',
  CURRENCY: 'currency, currency code, wahrung, wahrungscode, account currency',
  PATH: 'path, channel path, conversion path, pfad, conversion pfad, customer journey path, journey path',
  NULLS: 'total null, total nulls, nulls, null, non conversions, not converted, null conversions',
  JOURNEY:
    'journey, journey id, path id, user id, user, customer id, customer, client id, visitor id, ' +
    'kunde, kunden id, kundennummer, nutzer id, user pseudo id, profile id, session id, cid',
  TOUCHED_AT:
    'touched at, touch time, touch date, touch timestamp, touchpoint time, timestamp, event time, ' +
    'event timestamp, interaction time, time, zeitpunkt, zeitstempel, visited at',
  CONVERTED_AT:
    'converted at, conversion time, conversion date, conversion timestamp, converted on, ' +
    'purchased at, order date, conversion zeitpunkt, konvertiert am, kaufdatum, bestelldatum',
  DAYS_BEFORE_CONVERSION:
    'days before conversion, days to conversion, age days, lag days, age in days, ' +
    'tage vor conversion, tage bis conversion',
};

const ranked = new Map(
  Object.entries(namesOf).flatMap(([meaning, names]) =>
    names.split(', ').map((name, rank) => [name, { meaning: meaning as Meaning, rank }]),
  ),
);

/** A column name in lower case without accents, units in brackets and punctuation: `Ausgegebener Betrag (EUR)` → `ausgegebener betrag`. */
export function normalizeName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[([](?!all\b|alle\b)[^)\]]*[)\]]/g, ' ')
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/^ ?(?:metrics|segments) /, '')
    .trim();
}

/** The currency a column name carries, e.g. `Cost (EUR)`; null without one. */
export function currencyInName(name: string): string | null {
  const code = /[([]\s*([A-Z]{3})\s*[)\]]/.exec(name)?.[1];
  return code && isCurrencyCode(code) ? code : null;
}

/** Whether a money column counts in millionths, as the Google Ads API exports do (`metrics.cost_micros`). */
export function countsInMicros(name: string): boolean {
  return normalizeName(name).endsWith(' micros');
}

export interface ColumnSample {
  name: string;
  values: readonly string[];
}

/**
 * Guess what every column means, from its name first and from its values where the name says nothing. A meaning is
 * given once, to the column with the best name; names go before ids.
 */
export function guessMeanings(columns: readonly ColumnSample[]): Meaning[] {
  const guesses: Meaning[] = columns.map(() => 'IGNORE');
  const named = columns
    .map(({ name }, index) => ({ index, hit: ranked.get(normalizeName(name)) }))
    .filter(({ index, hit }) => hit !== undefined && !isOtherState(hit.meaning, columns[index]!.values))
    .sort((a, b) => a.hit!.rank - b.hit!.rank || a.index - b.index);
  for (const { index, hit } of named) if (!guesses.includes(hit!.meaning)) guesses[index] = hit!.meaning;
  columns.forEach((column, index) => {
    if (ranked.has(normalizeName(column.name)) || guesses[index] !== 'IGNORE') return;
    const meaning = meaningOfValues(column.values);
    if (meaning && !guesses.includes(meaning)) guesses[index] = meaning;
  });
  return withoutPlaces(touchDates(guesses));
}

/** Journeys are of people, not of markets. */
function withoutPlaces(guesses: Meaning[]): Meaning[] {
  if (guessKind(guesses) === 'RECORDS') return guesses;
  return guesses.map((meaning) => (meaning === 'REGION' ? 'IGNORE' : meaning));
}

const activity = /^(?:enabled|paused|removed|active|inactive|archived|running|ended|pending|draft|completed)$/i;

/** Whether a column that could be called after a place says how things are going instead: `State` with `paused`. */
function isOtherState(meaning: Meaning, values: readonly string[]): boolean {
  return meaning === 'REGION' && values.some((value) => activity.test(value.trim()));
}

function meaningOfValues(values: readonly string[]): Meaning | null {
  const filled = values.map((value) => value.trim()).filter((value) => value !== '');
  if (filled.length < 3) return null;
  const all = (test: (value: string) => boolean): boolean => filled.every(test);
  if (filled.some((value) => / > /.test(value))) return 'PATH';
  if (all(isCurrencyCode)) return 'CURRENCY';
  const dates = detectDateFormat(filled);
  return dates.share === 1 && !all((value) => /^\d+$/.test(value)) ? 'DATE' : null;
}

/** In a file of journeys a plain date column is the time of the touch. */
function touchDates(guesses: Meaning[]): Meaning[] {
  const timeless = !guesses.includes('TOUCHED_AT') && !guesses.includes('DAYS_BEFORE_CONVERSION');
  if (!guesses.includes('JOURNEY') || guesses.includes('SPEND') || guesses.includes('IMPRESSIONS') || !timeless)
    return guesses;
  return guesses.map((meaning) => (meaning === 'DATE' ? 'TOUCHED_AT' : meaning));
}

/** Journeys when there is a path, or a journey with touches in time; daily figures otherwise. */
export function guessKind(meanings: readonly Meaning[]): Kind {
  if (meanings.includes('PATH')) return 'JOURNEYS';
  const timed = meanings.includes('TOUCHED_AT') || meanings.includes('DAYS_BEFORE_CONVERSION');
  return meanings.includes('JOURNEY') && timed ? 'JOURNEYS' : 'RECORDS';
}

const measures: readonly Meaning[] = ['SPEND', 'IMPRESSIONS', 'CLICKS', 'CONVERSIONS', 'REVENUE'];

/** What is missing for an import; empty when nothing is. `defaultChannel` stands in for a channel column. */
export function mappingProblems(kind: Kind, meanings: readonly Meaning[], defaultChannel: boolean): string[] {
  const has = (meaning: Meaning): boolean => meanings.includes(meaning);
  const problems = allMeanings
    .filter((meaning) => meaning !== 'IGNORE' && meanings.filter((other) => other === meaning).length > 1)
    .map((meaning) => `More than one column is mapped to ${meaning}.`);
  if (kind === 'RECORDS') {
    if (!has('DATE')) problems.push('No column is the date.');
    if (!has('CHANNEL') && !defaultChannel)
      problems.push('No column is the channel; map one or name a channel for all rows.');
    if (!measures.some(has)) problems.push('No column holds a figure such as spend, clicks or revenue.');
    return problems;
  }
  if (has('PATH')) {
    if (!has('CONVERSIONS')) problems.push('No column counts the conversions of a path.');
    return problems;
  }
  if (!has('JOURNEY')) problems.push('No column is the path, and none names the journey a touch belongs to.');
  if (!has('CHANNEL')) problems.push('No column is the channel of a touch.');
  if (!has('TOUCHED_AT') && !has('DAYS_BEFORE_CONVERSION')) problems.push('No column says when a touch was.');
  return problems;
}
