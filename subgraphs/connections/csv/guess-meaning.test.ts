import { describe, expect, test } from 'vitest';
import { countsInMicros, currencyInName, guessKind, guessMeanings, mappingProblems } from './guess-meaning.pure.ts';

function guess(header: string): string {
  return guessMeanings(header.split('|').map((name) => ({ name, values: [] }))).join(' ');
}

describe('guessMeanings', () => {
  test.each([
    [
      'Date|Channel|Campaign|Ad group|Ad|Cost|Impr.|Clicks|Conversions|Conv. value',
      'DATE CHANNEL CAMPAIGN AD_GROUP AD SPEND IMPRESSIONS CLICKS CONVERSIONS REVENUE',
    ],
    [
      'Tag|Kanal|Kampagne|Anzeigengruppe|Kosten|Impressionen|Klicks|Käufe|Umsatz|Währung',
      'DATE CHANNEL CAMPAIGN AD_GROUP SPEND IMPRESSIONS CLICKS CONVERSIONS REVENUE CURRENCY',
    ],
    [
      'Reporting starts|Campaign name|Ad set name|Ad name|Amount spent (EUR)|Impressions|Link clicks|Purchases|Purchases conversion value',
      'DATE CAMPAIGN AD_GROUP AD SPEND IMPRESSIONS CLICKS CONVERSIONS REVENUE',
    ],
    [
      'Beginn des Berichtszeitraums|Kampagnenname|Ausgegebener Betrag (EUR)|Impressionen|Klicks (alle)|Ergebnisse',
      'DATE CAMPAIGN SPEND IMPRESSIONS CLICKS CONVERSIONS',
    ],
    ['segments.date|campaign.name|metrics.cost_micros|metrics.impressions', 'DATE CAMPAIGN SPEND IMPRESSIONS'],
    ['utm_source|utm_campaign|date|revenue', 'CHANNEL CAMPAIGN DATE REVENUE'],
    ['path|total_conversions|total_conversion_value|total_null', 'PATH CONVERSIONS REVENUE NULLS'],
    [
      'journey|channel|days_before_conversion|conversions|value',
      'JOURNEY CHANNEL DAYS_BEFORE_CONVERSION CONVERSIONS REVENUE',
    ],
    ['user_id|channel|timestamp|converted_at|value', 'JOURNEY CHANNEL TOUCHED_AT CONVERTED_AT REVENUE'],
    ['day|geo|channel|cost', 'DATE REGION CHANNEL SPEND'],
    ['Tag|Bundesland|Stadt|Kanal|Umsatz', 'DATE REGION IGNORE CHANNEL REVENUE'],
    ['date|DMA region|country|channel|clicks', 'DATE REGION IGNORE CHANNEL CLICKS'],
    ['user_id|country|channel|timestamp', 'JOURNEY IGNORE CHANNEL TOUCHED_AT'],
    ['customerId|channel|date|orderDate', 'JOURNEY CHANNEL TOUCHED_AT CONVERTED_AT'],
  ])('reads %s', (header, expected) => expect(guess(header)).toBe(expected));

  test('gives a meaning once, to the best name', () =>
    expect(guess('Campaign ID|Campaign name|Cost|Kosten')).toBe('IGNORE CAMPAIGN SPEND IGNORE'));

  test('takes a state for a place only when it names one', () => {
    const column = (...values: string[]) => guessMeanings([{ name: 'State', values }]);
    expect(column('Ohio', 'Texas')).toEqual(['REGION']);
    expect(column('ENABLED', 'PAUSED')).toEqual(['IGNORE']);
  });

  test('looks at values where the name says nothing', () => {
    const columns = [
      { name: 'x', values: ['2024-01-01', '2024-01-02', '2024-01-03'] },
      { name: 'y', values: ['EUR', 'EUR', 'USD'] },
      { name: 'z', values: ['a > b', 'a', 'b'] },
      { name: 'n', values: ['1', '2', '3'] },
    ];
    expect(guessMeanings(columns)).toEqual(['DATE', 'CURRENCY', 'PATH', 'IGNORE']);
  });
});

test('a name can carry the currency or count in micros', () => {
  expect(currencyInName('Amount spent (EUR)')).toBe('EUR');
  expect(currencyInName('Clicks (ALL)')).toBe('ALL');
  expect(currencyInName('Cost (XYZ)')).toBeNull();
  expect(countsInMicros('metrics.cost_micros')).toBe(true);
  expect(countsInMicros('Cost')).toBe(false);
});

test('what is missing is named', () => {
  expect(mappingProblems('RECORDS', ['SPEND'], false)).toHaveLength(2);
  expect(mappingProblems('RECORDS', ['DATE', 'SPEND'], true)).toEqual([]);
  expect(mappingProblems('RECORDS', ['DATE', 'DATE', 'CHANNEL', 'SPEND'], false)).toEqual([
    'More than one column is mapped to DATE.',
  ]);
  expect(mappingProblems('JOURNEYS', ['PATH'], false)).toEqual(['No column counts the conversions of a path.']);
  expect(mappingProblems('JOURNEYS', ['CLICKS'], false)).toHaveLength(3);
  expect(guessKind(['JOURNEY', 'DAYS_BEFORE_CONVERSION'])).toBe('JOURNEYS');
});
