/**
 * Multipliers around 1 by month for consumer demand in general: a quiet start of the year, a December peak. A rule of
 * thumb in the shape of unadjusted retail sales of the northern hemisphere, not an estimate from anyone's data; a model
 * that has two years of its own data should not use it. The mean over the year is 1.
 */
const monthFactors = [0.92, 0.9, 0.98, 0.97, 1.02, 0.99, 0.98, 1.0, 0.95, 0.99, 1.07, 1.23] as const;

/** What single ISO weeks add to their month: the two shopping weeks of November, the run-up to Christmas, its end. */
const weekPeaks: Readonly<Record<number, number>> = {
  47: 1.1,
  48: 1.2,
  49: 1.05,
  50: 1.08,
  51: 1.08,
  52: 0.9,
  53: 0.8,
};

const daysPerMonth = 365.25 / 12;

export interface Seasonality {
  week: number;
  month: number;
  quarter: number;
}

/** The multipliers of a week, a month and a quarter; see `monthFactors` for what they are and are not. */
export function seasonality(month: number, week: number): Seasonality {
  return { week: weekFactor(week), month: monthFactor(month - 1), quarter: quarterFactor(Math.ceil(month / 3)) };
}

function monthFactor(index: number): number {
  return monthFactors[(index + 12) % 12]!;
}

function quarterFactor(quarter: number): number {
  const months = monthFactors.slice(quarter * 3 - 3, quarter * 3);
  return round(months.reduce((sum, factor) => sum + factor, 0) / 3);
}

/** The months' factors drawn as a line from mid-month to mid-month, with the peaks of single weeks on it. */
function weekFactor(week: number): number {
  const position = (week * 7 - 3.5) / daysPerMonth - 0.5;
  const before = Math.floor(position);
  const share = position - before;
  const level = monthFactor(before) * (1 - share) + monthFactor(before + 1) * share;
  return round(level * (weekPeaks[week] ?? 1));
}

function round(factor: number): number {
  return Math.round(factor * 1000) / 1000;
}
