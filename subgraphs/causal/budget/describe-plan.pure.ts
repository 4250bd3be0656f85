import type { ModelCurves } from './answer-plan.pure.ts';
import type { BudgetPlan } from './plan-budget.pure.ts';
import type { PlanSettings } from './plan-settings.pure.ts';

/** What a plan comes down to, what it takes for granted and what to be careful about. */
export function describePlan(
  curves: ModelCurves,
  settings: PlanSettings,
  plan: BudgetPlan,
): { conclusion: string; assumptions: string[]; warnings: string[] } {
  return {
    conclusion: concludePlan(curves, settings, plan),
    assumptions: assumptionsOf(curves, settings),
    warnings: [...plan.warnings, ...warningsOf(curves, plan)],
  };
}

function concludePlan(
  { kpi, currency }: ModelCurves,
  { horizonDays }: PlanSettings,
  { spend, unchanged, gain, probabilityOfGain }: BudgetPlan,
): string {
  const kpiText = (value: number): string =>
    kpi === 'REVENUE' ? `${whole(value)} ${currency} revenue` : `${whole(value)} conversions`;
  const interval =
    gain.low === null || gain.high === null ? '' : `; 90 % interval ${whole(gain.low)} to ${whole(gain.high)}`;
  const chance =
    probabilityOfGain === null ? '' : `, and a gain with a probability of ${Math.round(100 * probabilityOfGain)} %`;
  return `Over ${horizonDays} days, ${whole(spend)} ${currency} spent by this plan instead of ${whole(unchanged.spend)} would change what media brings by ${kpiText(gain.mean)}${interval}${chance}.`;
}

function assumptionsOf({ firstDate, lastDate, mock }: ModelCurves, { carryOver }: PlanSettings): string[] {
  return [
    `No change means the average daily spend of ${firstDate} to ${lastDate}, spread over time as it was then.`,
    'The future answers to spend as that time did: same prices, creatives, competition and demand.',
    'Channels add up: spend on one does not change what another brings.',
    carryOver === 'WHOLE'
      ? 'What the money brings after the last day of the plan counts too.'
      : 'What the money brings after the last day of the plan does not count; it is left out by the half-life of each channel.',
    'Intervals hold what the model is unsure of, not whether it is the right model; an experiment tests that.',
    ...(mock ? ['The model was trained on generated data: nothing here is about the real business.'] : []),
  ];
}

function warningsOf({ ownWarnings }: ModelCurves, { gain }: BudgetPlan): string[] {
  const warnings: string[] = [];
  if (gain.low !== null && gain.high !== null && gain.low < 0 && gain.high > 0) {
    warnings.push('The 90 % interval of the gain includes none at all.');
  }
  if (ownWarnings > 0) {
    warnings.push(
      `The model carries ${ownWarnings === 1 ? 'a warning of its own; read it' : `${ownWarnings} warnings of its own; read them`} before acting on the plan.`,
    );
  }
  return warnings;
}

function whole(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : 2;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}
