import type { CalibrationOrigin } from './tables.ts';

/** What an experiment found of a channel; spend, changes and error are per day, money in whole units of `currency`. */
export interface NewCalibration {
  readonly channel: string;
  /** Null for all regions together. */
  readonly region: string | null;
  readonly from: string;
  /** Inclusive. */
  readonly to: string;
  readonly kpi: 'REVENUE' | 'CONVERSIONS';
  readonly basis: 'CLAIMED' | 'BOOKED' | 'PAID';
  readonly currency: string;
  readonly spend: number;
  readonly spendChange: number;
  readonly kpiChange: number;
  /** Of `kpiChange`. */
  readonly standardError: number;
  readonly method: string;
  readonly sourceKinds: readonly string[];
  readonly origin: CalibrationOrigin;
  /** Of the experiment or evaluation; null when written in by hand. */
  readonly originId: string | null;
  readonly note: string | null;
}

const longestText = 200;

/** The first thing wrong with a calibration: its field and why; null when models can use it. */
export function invalidCalibration(given: NewCalibration): { field: string; reason: string } | null {
  const text = (value: string): boolean => value.trim().length > 0 && value.length <= longestText;
  const checks: [holds: boolean, field: string, reason: string][] = [
    [text(given.channel), 'channel', 'Name the channel, with at most 200 characters.'],
    [given.region === null || text(given.region), 'region', 'Name the region, or leave it out for all of them.'],
    [text(given.method), 'method', 'Say how it was measured, with at most 200 characters.'],
    [given.from <= given.to, 'to', 'The last day must not lie before the first.'],
    [/^[A-Z]{3}$/.test(given.currency), 'currency', 'A currency is three capital letters, e.g. EUR.'],
    [given.spend >= 0 && given.spend < Infinity, 'spend', 'The usual spend per day is 0 or more.'],
    [
      given.spendChange !== 0 && Number.isFinite(given.spendChange),
      'spendChange',
      'An experiment without a change of spend says nothing of what spend does.',
    ],
    [
      given.spend + given.spendChange >= 0,
      'spendChange',
      'No more can be held back than was spent; say the usual spend per day as well.',
    ],
    [Number.isFinite(given.kpiChange), 'kpiChange', 'The change of the KPI is a number.'],
    [
      given.standardError > 0 && given.standardError < Infinity,
      'standardError',
      'The standard error is above 0; of a 90 % interval it is its width divided by 3.29.',
    ],
    [(given.note ?? '').length <= 2000, 'note', 'A note has at most 2000 characters.'],
  ];
  const wrong = checks.find(([holds]) => !holds);
  return wrong ? { field: wrong[1], reason: wrong[2] } : null;
}
