import { adjustPValues } from '../ab/adjust-p-values.pure.ts';
import { momentsOfArm } from '../ab/arm-sums.pure.ts';
import { evaluateArms, type Arm, type ArmsEvaluation, type ArmsQuestion } from '../ab/evaluate-arms.pure.ts';
import { showComparison, type ShownComparison } from '../ab/show-comparison.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';
import type { AnalysisProblem, ArmTotal, ExperimentAnalysis, MetricAnalysis, SequencePoint } from './analysis.pure.ts';
import { kindOf } from './metric-kind.pure.ts';
import type { AbMetric, AbSettings } from './settings.pure.ts';
import type { StoredSums } from './tables.ts';

/** What was counted of an arm and metric from the start up to the end of a day. */
export interface Observation {
  readonly metric: string;
  readonly arm: string;
  readonly day: string;
  readonly n: number;
  readonly sums: StoredSums;
}

export interface AbQuestion {
  readonly settings: AbSettings;
  readonly observations: readonly Observation[];
  /** Units of two arms at the planned end: there the always-valid interval is tightest. */
  readonly tuning: number;
}

type AbPart = Pick<
  ExperimentAnalysis,
  'asOf' | 'days' | 'arms' | 'sampleRatio' | 'metrics' | 'problem' | 'conclusion' | 'assumptions' | 'warnings'
>;

/**
 * Analyse an A/B experiment at every day on which all arms have figures. The first metric decides and is corrected for
 * the number of its arms; all others together are a family of their own. Figures that cannot answer become a problem of
 * their metric, never a number.
 */
export function analyseAb(question: AbQuestion): AbPart {
  const { settings } = question;
  const seen = settings.metrics.map((metric) => new MetricData(question, metric));
  const others = settings.metrics.length - 1;
  const analysed = seen.map((data, index) => analyseMetric(question, data, index === 0 ? 1 : others));
  const adjusted = adjustOthers(
    analysed.map(({ shown }) => shown),
    settings,
  );
  const first = analysed[0]!;
  const days = seen[0]!.days;
  const asOf = days.at(-1) ?? null;
  return {
    asOf,
    days: days.length,
    arms: seen.flatMap((data) => data.totals()),
    sampleRatio: first.evaluation?.sampleRatio ?? null,
    metrics: adjusted,
    problem: adjusted[0]!.problem,
    conclusion: concludeFrom(adjusted[0]!, first.evaluation, asOf),
    assumptions: [
      ...(first.evaluation?.assumptions ?? []),
      ...(others > 0 ? [`${settings.metrics[0]!.name} decides; the other metrics are corrected as one family.`] : []),
      ...(settings.source === 'POSTED' ? [] : ['Platforms put people into campaigns as they like, not at random.']),
    ],
    warnings: first.evaluation?.warnings ?? [],
  };
}

function concludeFrom(primary: MetricAnalysis, evaluation: ArmsEvaluation | null, asOf: string | null): string {
  if (asOf === null) return 'No figures of all arms have arrived yet.';
  if (primary.problem) return primary.problem.message;
  const text = primary.comparisons.map(({ conclusion }) => conclusion).join(' ');
  return evaluation?.sampleRatio?.mismatch
    ? `Arms are not filled as planned, so this should not be read: ${text}`
    : text;
}

/** The observations of one metric by day and arm. */
class MetricData {
  readonly metric: AbMetric;
  /** Days on which every arm has figures, in order. */
  readonly days: readonly string[];
  private readonly settings: AbSettings;
  private readonly byDay = new Map<string, Map<string, Observation>>();

  constructor({ settings, observations }: AbQuestion, metric: AbMetric) {
    this.metric = metric;
    this.settings = settings;
    for (const observation of observations) {
      if (observation.metric !== metric.name) continue;
      const day = this.byDay.get(observation.day) ?? new Map<string, Observation>();
      this.byDay.set(observation.day, day.set(observation.arm, observation));
    }
    const complete = [...this.byDay].filter(([, arms]) => settings.arms.every(({ name }) => arms.has(name)));
    this.days = complete.map(([day]) => day).toSorted();
  }

  /** The arms as they stood at the end of a day. Throws what momentsOfArm throws. */
  armsAt(day: string): Arm[] {
    const kind = kindOf(this.metric);
    return this.settings.arms.map(({ name, share }) => {
      const { n, sums } = this.byDay.get(day)!.get(name)!;
      return { name, share, moments: momentsOfArm(kind, { n, ...sums }) };
    });
  }

  totals(): ArmTotal[] {
    const last = this.days.at(-1);
    if (last === undefined) return [];
    return this.settings.arms.map(({ name, share }) => {
      return { arm: name, metric: this.metric.name, n: this.byDay.get(last)!.get(name)!.n, share };
    });
  }
}

interface Analysed {
  readonly shown: MetricAnalysis;
  readonly evaluation: ArmsEvaluation | null;
}

/** `family` metrics share alpha. */
function analyseMetric({ settings, tuning }: AbQuestion, data: MetricData, family: number): Analysed {
  const { metric, days } = data;
  const primary = metric === settings.metrics[0];
  const shared = { metric: metric.name, primary };
  const last = days.at(-1);
  if (last === undefined) return { shown: { ...shared, ...nothing, problem: null }, evaluation: null };
  const question: Omit<ArmsQuestion, 'arms'> = {
    metric: kindOf(metric),
    name: metric.name,
    scale: settings.plan.scale,
    alternative: 'TWO_SIDED',
    alpha: settings.plan.alpha / family,
    correction: settings.correction,
    tuning,
    prior: null,
  };
  try {
    const evaluation = evaluateArms({ ...question, arms: data.armsAt(last) });
    const timeline = days.flatMap((day) => pointsOf(question, data, day));
    const decisive = timeline.find(({ low, high }) => low !== null && high !== null && (low > 0 || high < 0));
    const comparisons = evaluation.comparisons.map(showComparison);
    return {
      shown: { ...shared, comparisons, timeline, decisiveSince: decisive?.day ?? null, problem: null },
      evaluation,
    };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { shown: { ...shared, ...nothing, problem: problemOf(error, metric.name, last) }, evaluation: null };
  }
}

const nothing = { comparisons: [], timeline: [], decisiveSince: null };

function problemOf({ kind, message }: Problem, metric: string, day: string): AnalysisProblem {
  return { code: kind, field: metric, message: `${metric} cannot be judged on ${day}: ${message}` };
}

/** None for a day on which figures could not answer yet, such as the first without any success. */
function pointsOf(question: Omit<ArmsQuestion, 'arms'>, data: MetricData, day: string): SequencePoint[] {
  try {
    const arms = data.armsAt(day);
    return evaluateArms({ ...question, arms }).comparisons.map((comparison) => {
      const { arm, estimate, sequential, fixed } = showComparison(comparison);
      return {
        day,
        arm,
        n: comparison.effect.n,
        estimate,
        low: sequential.low,
        high: sequential.high,
        pValue: sequential.pValue,
        fixedLow: fixed.low,
        fixedHigh: fixed.high,
      };
    });
  } catch (error) {
    if (error instanceof Problem) return [];
    throw error;
  }
}

/** Adjusts the p-values of all metrics but the first together. */
function adjustOthers(metrics: readonly MetricAnalysis[], { correction }: AbSettings): MetricAnalysis[] {
  const [first, ...others] = metrics;
  const all = others.flatMap(({ comparisons }) => comparisons);
  const adjust = (pick: (comparison: ShownComparison) => number): number[] => adjustPValues(all.map(pick), correction);
  const [fixed, sequential] = [adjust((one) => one.fixed.pValue), adjust((one) => one.sequential.pValue)];
  let at = 0;
  const adjusted = others.map((metric) => ({
    ...metric,
    comparisons: metric.comparisons.map((one) => {
      const place = at++;
      return {
        ...one,
        fixed: { ...one.fixed, adjustedPValue: fixed[place]! },
        sequential: { ...one.sequential, adjustedPValue: sequential[place]! },
      };
    }),
  }));
  return [first!, ...adjusted];
}
