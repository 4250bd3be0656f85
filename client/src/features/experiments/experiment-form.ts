import type {
  AbDesignInput,
  ExperimentInput,
  ExperimentKind,
  ExperimentMetricKind,
  ExperimentSource,
  MixBasis,
  MixKpi,
} from './experiments.generated.ts';

/** What stands in the fields of the wizard; numbers as they were typed. */
export interface ExperimentForm {
  kind: ExperimentKind;
  name: string;
  hypothesis: string;
  unit: string;
  metric: string;
  metricKind: ExperimentMetricKind;
  adjusted: boolean;
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
  metric: 'conversion rate',
  metricKind: 'SHARE',
  adjusted: false,
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

function planOf(form: ExperimentForm) {
  const baseline = form.metricKind === 'SHARE' ? share(form.baseline) : (numberIn(form.baseline) ?? 0);
  return {
    baseline,
    sd: form.metricKind === 'SHARE' ? null : numberIn(form.sd),
    effect: share(form.effect),
    scale: 'RELATIVE' as const,
    alpha: share(form.alpha),
    power: share(form.power),
    sequential: form.sequential,
    correlation: form.adjusted ? (numberIn(form.correlation) ?? 0) : 0,
    unitsPerDay: numberIn(form.unitsPerDay),
    costPerUnit: numberIn(form.costPerUnit),
  };
}

/** The question for the size of the experiment; null while fields are empty that it needs. */
export function designInput(form: ExperimentForm): AbDesignInput | null {
  if (numberIn(form.baseline) === null || !numberIn(form.effect)) return null;
  if (form.metricKind !== 'SHARE' && numberIn(form.sd) === null) return null;
  const shares = form.arms.map((arm) => numberIn(arm.share) ?? 0);
  return { ...planOf(form), metric: form.metricKind === 'SHARE' ? 'SHARE' : 'MEAN', shares };
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
  const metrics = [
    { name: form.metric, kind: form.metricKind, adjusted: form.adjusted && form.metricKind !== 'RATIO' },
  ];
  return { name, hypothesis, ab: { unit: form.unit, metrics, arms, plan: planOf(form), source: form.source, mock } };
}
