import { figure } from '../synthetic-control/describe-effect.pure.ts';
import type { CostedResult } from './add-spend.pure.ts';

/** What an experiment found of a channel, per unit of spend. */
interface Measured {
  readonly channel: string;
  readonly kpi: 'REVENUE' | 'CONVERSIONS';
  readonly currency: string;
  readonly perSpend: { readonly estimate: number; readonly low: number; readonly high: number };
}

export interface ModelReturn {
  readonly model: CostedResult['model'];
  readonly perSpend: number | null;
  readonly agrees: boolean | null;
}

/** How names of channels are compared: platforms and people write them in different cases. */
export function channelKey(name: string): string {
  return name.trim().toLowerCase();
}

/** What each model credits the channel with per unit of spend; null where spend is unknown or in another currency. */
export function returnsBeside(
  measured: Measured,
  results: readonly CostedResult[],
  currency: string | null,
): ModelReturn[] {
  const { low, high } = measured.perSpend;
  return results.map(({ model, credits }) => {
    const credit = credits.find(({ key }) => channelKey(key) === channelKey(measured.channel));
    const { spend = null, value = 0, conversions = 0 } = credit ?? {};
    if (spend === null || !(spend > 0) || currency !== measured.currency)
      return { model, perSpend: null, agrees: null };
    const perSpend = (measured.kpi === 'REVENUE' ? value : conversions) / spend;
    return { model, perSpend, agrees: perSpend >= low && perSpend <= high };
  });
}

/** One sentence: which models the experiment bears out. */
export function describeAgreement({ channel, perSpend }: Measured, returns: readonly ModelReturn[]): string {
  const known = returns.filter(({ agrees }) => agrees !== null);
  const range = `${figure(perSpend.low)} to ${figure(perSpend.high)} per unit of spend`;
  if (known.length === 0) {
    return `The experiment says ${range} of ${channel}; models cannot be compared without spend in its currency.`;
  }
  const inside = known.filter(({ agrees }) => agrees);
  const above = known.filter((one) => !one.agrees && one.perSpend! > perSpend.high).length;
  const rest = known.length - inside.length - above;
  return `The experiment says ${range} of ${channel}: ${inside.length} of ${known.length} models agree, ${above} credit more than it brought and ${rest} less.`;
}
