import { describe, expect, it } from 'vitest';
import { checkMixData } from './check-mix-data.pure.ts';
import type { MixData } from './mix-data.pure.ts';
import { defaultMixSettings, type MixSettings } from './mix-settings.pure.ts';
import { simulateMix } from './testing/simulate-mix.pure.ts';

const { data } = simulateMix(1, 52, [
  { name: 'search', decay: 0.3, rate: 2, strength: 20 },
  { name: 'social', decay: 0.3, rate: 2, strength: 20 },
]);
const [search, social] = [data.channels[0]!, data.channels[1]!];
const lift = { channel: 'search', spend: 100, spendChange: 20, kpiChange: 2, standardError: 1 };

function at(values: Float64Array, row: number, value: number): Float64Array {
  return values.map((old, index) => (index === row ? value : old));
}

const wrongData: [string, Partial<MixData>, string, RegExp][] = [
  ['too few periods', { dates: data.dates.slice(0, 20) }, 'TOO_FEW', /20 periods.*at least 26/],
  ['a gap', { dates: data.dates.with(30, '2023-08-03') }, 'GAP', /2023-08-03/],
  ['dates out of order', { dates: data.dates.toReversed() }, 'GAP', /not in order/],
  ['a missing KPI', { kpi: at(data.kpi, 3, NaN) }, 'NOT_FINITE', /The KPI.*row 4/],
  ['a KPI of another length', { kpi: data.kpi.slice(1) }, 'SHAPE', /KPI/],
  ['a constant KPI', { kpi: data.kpi.map(() => 7) }, 'CONSTANT', /KPI never changes/],
  ['negative spend', { channels: [{ ...search, spend: at(search.spend, 2, -1) }] }, 'NEGATIVE', /search.*2023-01-16/],
  ['a constant channel', { channels: [search, { ...social, spend: data.kpi.map(() => 5) }] }, 'CONSTANT', /^social/],
  [
    'channels that move together',
    { channels: [search, { ...social, spend: search.spend.map((value) => 3 * value) }] },
    'COLLINEAR',
    /search and social/,
  ],
  ['no channels', { channels: [] }, 'TOO_FEW', /no channel/],
  ['a name twice', { controls: [{ name: 'search', values: search.spend }] }, 'SHAPE', /twice/],
  ['a constant control', { controls: [{ name: 'price', values: data.kpi.map(() => 1) }] }, 'CONSTANT', /price/],
];

const wrongSettings: [string, Partial<MixSettings>, string, RegExp][] = [
  ['a channel that is not there', { channels: { tv: {} } }, 'OUT_OF_RANGE', /tv/],
  ['an experiment elsewhere', { lift: [{ ...lift, channel: 'tv' }] }, 'OUT_OF_RANGE', /tv/],
  ['an experiment without change', { lift: [{ ...lift, spendChange: 0 }] }, 'CONSTANT', /did not change/],
  ['an experiment without error', { lift: [{ ...lift, standardError: 0 }] }, 'OUT_OF_RANGE', /standard error/],
  ['an experiment below nothing', { lift: [{ ...lift, spendChange: -120 }] }, 'NEGATIVE', /negative spend/],
  ['a noise that may be negative', { noise: { kind: 'normal', mean: 0, sd: 1 } }, 'OUT_OF_RANGE', /above 0/],
  [
    'a carry-over beyond 1',
    {
      channels: { search: { carryOver: { kind: 'geometric', window: 8, rate: { kind: 'gamma', shape: 1, rate: 1 } } } },
    },
    'OUT_OF_RANGE',
    /between 0 and 1/,
  ],
];

describe('checkMixData', () => {
  it('accepts data that can be fitted', () => {
    expect(() => checkMixData(data, { ...defaultMixSettings, lift: [lift] })).not.toThrow();
  });

  it.each(wrongData)('refuses %s', (_, changed, kind, message) => {
    expect(() => checkMixData({ ...data, ...changed }, defaultMixSettings)).toThrow(expect.objectContaining({ kind }));
    expect(() => checkMixData({ ...data, ...changed }, defaultMixSettings)).toThrow(message);
  });

  it.each(wrongSettings)('refuses settings with %s', (_, changed, kind, message) => {
    const settings = { ...defaultMixSettings, ...changed };
    expect(() => checkMixData(data, settings)).toThrow(expect.objectContaining({ kind }));
    expect(() => checkMixData(data, settings)).toThrow(message);
  });

  it('looks at the periods that are fitted, not at those held out', () => {
    const late = { ...social, spend: social.spend.map((value, week) => (week < 40 ? 5 : value)) };
    expect(() => checkMixData({ ...data, channels: [search, late] }, defaultMixSettings)).not.toThrow();
    expect(() => checkMixData({ ...data, channels: [search, late] }, defaultMixSettings, 40)).toThrow(/^social/);
  });
});
