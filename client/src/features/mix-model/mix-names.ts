import { compact, decimal, money, quantity } from '../../ui/format.ts';
import type { MixInputsFieldsFragment } from './mix-model.generated.ts';

type Kpi = Pick<MixInputsFieldsFragment, 'kpi' | 'currency'>;

/** Values of the KPI: money or counts. */
export function kpiValue(value: number | null, { kpi, currency }: Kpi): string {
  return kpi === 'REVENUE' ? money(value, currency, 'compact') : quantity(value);
}

/** The same at an axis. */
export function kpiTick(value: number, { kpi, currency }: Kpi): string {
  return kpi === 'REVENUE' ? money(value, currency, 'compact') : compact(value);
}

/** Returns: a plain factor where the KPI is money, conversions per unit of spend otherwise. */
export function returns(value: number | null): string {
  return value && Math.abs(value) < 0.1 ? decimal(value, 4) : decimal(value);
}

/** How a part of the KPI that is not media is called. */
export const partNames: Record<string, string> = {
  intercept: 'Base level',
  trend: 'Trend',
  seasonality: 'Season',
  events: 'Holidays and events',
  controls: 'Controls',
};
