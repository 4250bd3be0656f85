export type CalibrationOrigin = 'EXPERIMENT' | 'LIFT_EVALUATION' | 'MANUAL';

export interface CalibrationColumns {
  organization_id: string;
  id: string;
  channel: string;
  region: string | null;
  first_day: string;
  last_day: string;
  kpi: 'REVENUE' | 'CONVERSIONS';
  basis: 'CLAIMED' | 'BOOKED' | 'PAID';
  currency: string;
  spend: number;
  spend_change: number;
  kpi_change: number;
  standard_error: number;
  method: string;
  source_kinds: string[];
  origin: CalibrationOrigin;
  origin_id: string | null;
  note: string | null;
  created_by: string;
  created_at: Date;
  retired_at: Date | null;
}

export interface CalibrationTables {
  'causal.calibration': CalibrationColumns;
}
