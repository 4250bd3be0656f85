import { Problem } from '../numerics/problem.pure.ts';
import type { ChannelSeries, MixData } from './mix-data.pure.ts';
import type { LiftRow } from './mix-settings.pure.ts';

/** Spend this much beyond what was seen, or below it, is far outside. */
const farFactor = 1.2;

/** Throws the Problem that keeps a model from being fitted with the result of an experiment. */
export function checkLift(row: LiftRow, data: MixData): void {
  const where = `The experiment on ${row.channel}`;
  if (!data.channels.some(({ name }) => name === row.channel)) {
    throw new Problem('OUT_OF_RANGE', `${where} is about no channel of this model.`, { field: 'lift' });
  }
  if (row.geo !== undefined && !data.geos.includes(row.geo)) {
    throw new Problem('OUT_OF_RANGE', `${where} is about ${row.geo}, which is no region of this model.`, {
      field: 'lift',
    });
  }
  const numbers = [row.spend, row.spendChange, row.kpiChange, row.standardError];
  if (!numbers.every(Number.isFinite))
    throw new Problem('NOT_FINITE', `${where} has a missing or infinite number.`, { field: 'lift' });
  if (row.spend < 0 || row.spend + row.spendChange < 0)
    throw new Problem('NEGATIVE', `${where} has negative spend.`, { field: 'lift' });
  if (row.spendChange === 0) throw new Problem('CONSTANT', `${where} did not change the spend.`, { field: 'lift' });
  if (row.standardError <= 0)
    throw new Problem('OUT_OF_RANGE', `${where} needs a standard error above 0.`, { field: 'lift' });
}

/** Throws SHAPE for a stored result in another currency than the records: neither its spend nor its effect would fit. */
export function checkCurrencies(lift: readonly LiftRow[], currency: string): void {
  const other = lift.find((row) => row.currency !== undefined && row.currency !== currency);
  if (!other) return;
  throw new Problem(
    'SHAPE',
    `${nameOf(other)} is in ${other.currency}, the records of this model are in ${currency}. Leave the result out, or write it in once more in ${currency}, at the rate of its days.`,
    { field: 'calibrationIds', currencies: [other.currency, currency] },
  );
}

/** What to say of results that were measured at a spend far outside the first `trained` periods, which are learned from. */
export function liftWarnings(
  lift: readonly LiftRow[],
  { data, currency }: { data: MixData; currency: string },
  trained: number,
  period: 'DAY' | 'WEEK',
): string[] {
  return lift.flatMap((row) => {
    const channel = data.channels.find(({ name }) => name === row.channel);
    const seen = channel && seenSpend(channel, row, data, trained);
    if (!seen) return [];
    const most = Math.max(row.spend, row.spend + row.spendChange);
    const money = (value: number): string => `${amount(value)} ${currency} a ${period.toLowerCase()}`;
    if (most > farFactor * seen.most) {
      return `${nameOf(row)} was measured at up to ${money(most)}; the model has seen ${money(seen.most)} at most. How it bears on lower spend is a guess of the curve.`;
    }
    if (farFactor * most < seen.least) {
      return `${nameOf(row)} was measured at ${money(most)} at most; the model has seen ${money(seen.least)} or more wherever there was any. If it is about some of the people only, scale spend, changes and error up to all of them.`;
    }
    return [];
  });
}

/** Least and most spend of a period that had any, in the region of the result or in all; null for none. */
function seenSpend({ spend }: ChannelSeries, { geo }: LiftRow, { dates, geos }: MixData, trained: number) {
  const periods = new Float64Array(trained);
  geos.forEach((name, place) => {
    if (geo !== undefined && geo !== name) return;
    for (let period = 0; period < trained; period++) periods[period]! += spend[place * dates.length + period]!;
  });
  const active = periods.filter((value) => value > 0);
  if (active.length === 0) return null;
  return { least: Math.min(...active), most: Math.max(...active) };
}

function nameOf({ channel, geo, method }: LiftRow): string {
  return `The experiment on ${channel}${geo === undefined ? '' : ` in ${geo}`}${method === undefined ? '' : ` (${method})`}`;
}

function amount(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}
