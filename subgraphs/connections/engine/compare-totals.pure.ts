import type { Fact, Totals } from '../platforms/connector.ts';
import { factKey } from './mapped-columns.pure.ts';

const figures = ['spend', 'impressions', 'clicks', 'conversions', 'revenue'] as const;

export interface Comparison {
  metric: string;
  /** Numbers without loss, money in micros. */
  ours: string;
  theirs: string;
  agrees: boolean;
}

/** Platforms round what they show in sums: money by up to a cent a row, fractions of conversions by a hundredth. */
const slackPerRow = { spend: 5_000, revenue: 5_000, conversions: 0.005, impressions: 0, clicks: 0 } as const;

/** Sums of what came in, as they are kept with the checkpoint of a slice. */
export interface Sums {
  rows: number;
  /** Micros, as text. */
  spend: string;
  impressions: number;
  clicks: number;
  conversions: number;
  /** Micros, as text. */
  revenue: string;
}

export const noSums: Sums = { rows: 0, spend: '0', impressions: 0, clicks: 0, conversions: 0, revenue: '0' };

/** Adds up facts; one that comes again takes the place of its first copy. */
export class RunningSums {
  readonly #facts = new Map<string, Fact>();
  #sums: Sums;

  constructor(from: Sums) {
    this.#sums = from;
  }

  get sums(): Sums {
    return this.#sums;
  }

  add(facts: readonly Fact[]): void {
    for (const fact of facts) {
      const before = this.#facts.get(factKey(fact));
      if (before) this.#sums = plus(this.#sums, before, -1);
      this.#sums = plus(this.#sums, fact, 1);
      this.#facts.set(factKey(fact), fact);
    }
  }
}

function plus(sums: Sums, fact: Fact, sign: 1 | -1): Sums {
  return {
    rows: sums.rows + sign,
    spend: String(BigInt(sums.spend) + BigInt(sign) * fact.spend),
    impressions: sums.impressions + sign * fact.impressions,
    clicks: sums.clicks + sign * fact.clicks,
    conversions: sums.conversions + sign * fact.conversions,
    revenue: String(BigInt(sums.revenue) + BigInt(sign) * fact.revenue),
  };
}

/** Compares what came in with what the platform says it sums up to; metrics that it does not give are left out. */
export function compareTotals(ours: Sums, theirs: Totals): Comparison[] {
  const compared: Comparison[] = [];
  if (theirs.rows !== undefined) compared.push(comparison('rows', ours.rows, theirs.rows, 0));
  for (const metric of figures) {
    const value = theirs[metric];
    if (value !== undefined) compared.push(comparison(metric, ours[metric], value, slackPerRow[metric] * ours.rows));
  }
  return compared;
}

function comparison(metric: string, ours: string | number, theirs: bigint | number, slack: number): Comparison {
  const agrees = Math.abs(Number(ours) - Number(theirs)) <= slack + 1e-6;
  return { metric, ours: String(ours), theirs: String(theirs), agrees };
}

/** What differs, in words; null when nothing does. */
export function describeDifference(comparisons: readonly Comparison[]): string | null {
  const wrong = comparisons.filter(({ agrees }) => !agrees);
  if (wrong.length === 0) return null;
  const parts = wrong.map(({ metric, ours, theirs }) => `${metric} ${shown(metric, ours)} of ${shown(metric, theirs)}`);
  return `The platform reports other totals: ${parts.join(', ')}.`;
}

function shown(metric: string, value: string): string {
  const money = metric === 'spend' || metric === 'revenue';
  return (Number(value) / (money ? 1e6 : 1)).toLocaleString('en', { maximumFractionDigits: 2 });
}
