import type {
  AbDesignInput,
  ExperimentInput,
  ExperimentKind,
  ExperimentMetricKind,
  ExperimentSource,
  MixBasis,
  MixKpi,
} from './experiments.generated.ts';

/** One of the metrics of an A/B experiment. */
export interface MetricRow {
  name: string;
  kind: ExperimentMetricKind;
  /** By the same of each unit before the start. */
  adjusted: boolean;
}

/** What stands in the fields of the wizard; numbers as they were typed. */
export interface ExperimentForm {
  kind: ExperimentKind;
  name: string;
  hypothesis: string;
  unit: string;
  /** The first decides. */
  metrics: MetricRow[];
  arms: { name: string; share: string; campaign: string }[];
  source: ExperimentSource;
  /** Per cent for shares, as it is for means. */
  baseline: string;
  sd: string;
  /** Per cent of the baseline. */
  effect: string;
  power: string;
  alpha: string;
  sequential: boolean;
  correlation: string;
  unitsPerDay: string;
  costPerUnit: string;
  channel: string;
  kpi: MixKpi;
  basis: MixBasis;
  from: string;
  mock: boolean;
}

export const emptyForm: ExperimentForm = {
  kind: 'AB',
  name: '',
  hypothesis: '',
  unit: 'users',
  metrics: [{ name: 'conversion rate', kind: 'SHARE', adjusted: false }],
  arms: [
    { name: 'control', share: '50', campaign: '' },
    { name: 'treatment', share: '50', campaign: '' },
  ],
  source: 'POSTED',
  baseline: '5',
  sd: '',
  effect: '10',
  power: '80',
  alpha: '5',
  sequential: true,
  correlation: '0.5',
  unitsPerDay: '',
  costPerUnit: '',
  channel: '',
  kpi: 'REVENUE',
  basis: 'CLAIMED',
  from: '',
  mock: false,
};

/** A number, or null for an empty or unreadable field. */
export function numberIn(text: string): number | null {
  const value = Number(text.replace(',', '.'));
  return text.trim() === '' || !Number.isFinite(value) ? null : value;
}

function share(text: string): number {
  return (numberIn(text) ?? 0) / 100;
}

/** The metrics that count: records of campaigns tell of one share alone, and a ratio cannot be adjusted. */
export function metricsOf(form: ExperimentForm): MetricRow[] {
  if (form.source !== 'POSTED') return [{ name: form.metrics[0]!.name, kind: 'SHARE', adjusted: false }];
  return form.metrics.map(({ name, kind, adjusted }) => ({ name, kind, adjusted: adjusted && kind !== 'RATIO' }));
}

/** The metric that decides, and that the size is found by. */
export function primaryOf(form: ExperimentForm): MetricRow {
  return metricsOf(form)[0]!;
}

/** Metrics with one more, under a name that none has yet. */
export function withMetric(metrics: readonly MetricRow[]): MetricRow[] {
  const isTaken = (name: string): boolean => metrics.some((metric) => metric.name === name);
  let number = metrics.length + 1;
  while (isTaken(`metric ${number}`)) number++;
  return [...metrics, { name: `metric ${number}`, kind: 'MEAN', adjusted: false }];
}

/** Metrics with the one at a place first, so that it decides. */
export function decidingFirst(metrics: readonly MetricRow[], place: number): MetricRow[] {
  return [metrics[place]!, ...metrics.filter((_, index) => index !== place)];
}

function planOf(form: ExperimentForm) {
  const { kind, adjusted } = primaryOf(form);
  const baseline = kind === 'SHARE' ? share(form.baseline) : (numberIn(form.baseline) ?? 0);
  return {
    baseline,
    sd: kind === 'SHARE' ? null : numberIn(form.sd),
    effect: share(form.effect),
    scale: 'RELATIVE' as const,
    alpha: share(form.alpha),
    power: share(form.power),
    sequential: form.sequential,
    correlation: adjusted ? (numberIn(form.correlation) ?? 0) : 0,
    unitsPerDay: numberIn(form.unitsPerDay),
    costPerUnit: numberIn(form.costPerUnit),
  };
}

/** The question for the size of the experiment; null while fields are empty that it needs. */
export function designInput(form: ExperimentForm): AbDesignInput | null {
  if (numberIn(form.baseline) === null || !numberIn(form.effect)) return null;
  const { kind } = primaryOf(form);
  if (kind !== 'SHARE' && numberIn(form.sd) === null) return null;
  const shares = form.arms.map((arm) => numberIn(arm.share) ?? 0);
  return { ...planOf(form), metric: kind === 'SHARE' ? 'SHARE' : 'MEAN', shares };
}

/** The experiment that the fields describe. */
export function experimentInput(form: ExperimentForm): ExperimentInput {
  const { name, hypothesis, mock } = form;
  if (form.kind === 'GEO') {
    return {
      name,
      hypothesis,
      geo: { channel: form.channel, kpi: form.kpi, basis: form.basis, from: form.from, mock },
    };
  }
  const arms = form.arms.map((arm) => ({
    name: arm.name,
    share: numberIn(arm.share) ?? 0,
    campaign: form.source === 'POSTED' ? null : arm.campaign,
  }));
  const ab = { unit: form.unit, metrics: metricsOf(form), arms, plan: planOf(form), source: form.source, mock };
  return { name, hypothesis, ab };
}
