import type { CreateCalibrationInput, MixBasis, MixKpi } from './experiments.generated.ts';

/** Whose conversions and revenue a figure counts. */
export const bases: readonly (readonly [value: MixBasis, label: string])[] = [
  ['CLAIMED', 'platforms, as they claim'],
  ['BOOKED', 'shops and CRMs, as booked'],
  ['PAID', 'payment services, as paid'],
];

/** What the fields of a calibration hold, as the API takes it; an empty region stands for all together. */
export function calibrationInput(fields: FormData): CreateCalibrationInput {
  const text = (name: string): string => {
    const value = fields.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const figure = (name: string): number => Number(text(name));
  return {
    channel: text('channel'),
    region: text('region') || null,
    method: text('method'),
    currency: text('currency').toUpperCase(),
    from: text('from'),
    to: text('to'),
    kpi: text('kpi') as MixKpi,
    basis: text('basis') as MixBasis,
    spend: figure('spend'),
    spendChange: figure('spendChange'),
    kpiChange: figure('kpiChange'),
    standardError: figure('standardError'),
  };
}
