import type { Tone } from '../../ui/badge.tsx';
import { compact, money, percent, quantity } from '../../ui/format.ts';
import type { ModelStage, VersionFieldsFragment } from './models.generated.ts';

export const stages: Record<ModelStage, { tone: Tone; label: string }> = {
  CANDIDATE: { tone: 'neutral', label: 'Candidate' },
  CHAMPION: { tone: 'ok', label: 'Champion' },
  FORMER: { tone: 'info', label: 'Former champion' },
  RETIRED: { tone: 'neutral', label: 'Retired' },
};

type About = Pick<NonNullable<VersionFieldsFragment['inputs']>, 'kpi' | 'currency'> | null | undefined;

/** A value of the KPI: money or a count. */
export function kpiText(value: number | null, about: About): string {
  return about?.kpi === 'REVENUE' ? money(value, about.currency, 'compact') : quantity(value);
}

/** The same at an axis. */
export function kpiTick(value: number, about: About): string {
  return about?.kpi === 'REVENUE' ? money(value, about.currency, 'compact') : compact(value);
}

interface Metrics {
  mape: number | null;
  weightedError: number;
  coverage: number;
  rSquared: number | null;
}

/** Columns of metrics, wherever they stand. */
export const metricColumns: {
  key: keyof Metrics;
  label: string;
  hint: string;
  show: (value: number | null) => string;
}[] = [
  {
    key: 'weightedError',
    label: 'wMAPE',
    hint: 'Sum of absolute errors over the sum of values',
    show: (value) => percent(value),
  },
  { key: 'mape', label: 'MAPE', hint: 'Mean absolute error as a share of the value', show: (value) => percent(value) },
  {
    key: 'coverage',
    label: 'Coverage',
    hint: 'Values inside their 90 % interval; 90 % would be right',
    show: (value) => percent(value, 0),
  },
  {
    key: 'rSquared',
    label: 'R²',
    hint: 'Variance explained',
    show: (value) => (value === null ? '–' : value.toFixed(2)),
  },
];
