import type { LiftRow } from './mix-settings.pure.ts';

/** What a mix model needs of a stored result of an experiment; all figures per day. */
export interface CalibrationResult {
  readonly id: string;
  readonly channel: string;
  readonly region: string | null;
  readonly kpi: 'REVENUE' | 'CONVERSIONS';
  readonly basis: 'CLAIMED' | 'BOOKED' | 'PAID';
  readonly currency: string;
  readonly spend: number;
  readonly spendChange: number;
  readonly kpiChange: number;
  readonly standardError: number;
  readonly method: string;
  readonly sourceKinds: readonly string[];
}

/** A result per day as one per period of the model. */
export function liftOfCalibration(result: CalibrationResult, period: 'DAY' | 'WEEK'): LiftRow {
  const days = period === 'WEEK' ? 7 : 1;
  return {
    channel: result.channel,
    ...(result.region === null ? {} : { geo: result.region }),
    spend: days * result.spend,
    spendChange: days * result.spendChange,
    kpiChange: days * result.kpiChange,
    standardError: days * result.standardError,
    calibrationId: result.id,
    method: result.method,
    currency: result.currency,
  };
}

/** Why a model cannot take the result, or null. */
export function unfitCalibration(
  { channel, region, kpi, basis, sourceKinds }: CalibrationResult,
  model: { kpi: 'REVENUE' | 'CONVERSIONS'; basis: 'CLAIMED' | 'BOOKED' | 'PAID'; regional: boolean; mock: boolean },
): string | null {
  const where = `The experiment on ${channel}`;
  if (kpi !== model.kpi)
    return `${where} measured ${kpi.toLowerCase()}, the model explains ${model.kpi.toLowerCase()}.`;
  if (basis !== model.basis) {
    return `${where} counted ${basis.toLowerCase()} figures, the model explains ${model.basis.toLowerCase()} ones.`;
  }
  if (region !== null && !model.regional) {
    return `${where} was made in ${region}; a model of all regions together cannot take it. Choose a model of regions.`;
  }
  if (sourceKinds.includes('mock') !== model.mock) {
    return `${where} ${model.mock ? 'is of real data, the model of generated data' : 'is of generated data, the model of real data'}.`;
  }
  return null;
}
