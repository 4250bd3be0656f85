import { MonotoneCurve } from './monotone-curve.pure.ts';
import {
  planBudget,
  type BudgetPlan,
  type Expected,
  type PlanChannel,
  type PlannedChannel,
} from './plan-budget.pure.ts';
import { planChannels, type ModelChannel, type PlanTime } from './plan-channels.pure.ts';
import { boundsIn, goalOf, type PlanSettings } from './plan-settings.pure.ts';
import { describePlan } from './describe-plan.pure.ts';

/** The curves of a trained mix model and where they come from. */
export interface ModelCurves {
  readonly modelId: string;
  readonly modelCodeVersion: string;
  readonly kpi: 'REVENUE' | 'CONVERSIONS';
  readonly currency: string;
  readonly firstDate: string;
  readonly lastDate: string;
  /** Days in a period of the model, and in all of them. */
  readonly periodDays: number;
  readonly days: number;
  readonly dataHash: string;
  readonly mock: boolean;
  readonly sourceKinds: readonly string[];
  /** How many warnings the model carries itself. */
  readonly ownWarnings: number;
  readonly channels: readonly ModelChannel[];
}

/** Where the curves of a plan come from. */
export type PlanInputs = Pick<
  ModelCurves,
  'modelId' | 'modelCodeVersion' | 'firstDate' | 'lastDate' | 'dataHash' | 'mock' | 'sourceKinds'
>;

/** What the bounds of a plan allow. */
export interface PlanLimits {
  readonly leastSpend: number;
  readonly mostSpend: number;
  readonly leastKpi: number;
  readonly mostKpi: number;
}

/** A plan with its bounds, its baseline and what to think of it. */
export interface PlanAnswer {
  readonly settings: PlanSettings;
  readonly kpi: ModelCurves['kpi'];
  readonly currency: string;
  readonly channels: readonly (PlannedChannel & Pick<PlanChannel, 'lower' | 'upper' | 'seenUpTo'>)[];
  readonly planned: { readonly spend: number; readonly response: Expected };
  readonly unchanged: { readonly spend: number; readonly response: Expected };
  readonly gain: Expected;
  readonly probabilityOfGain: number | null;
  readonly unspent: number;
  readonly limits: PlanLimits;
  readonly conclusion: string;
  readonly assumptions: readonly string[];
  readonly warnings: readonly string[];
  readonly inputs: PlanInputs;
}

/** The time of a plan of so many days, in the units of a model. */
export function planTime(
  { days, periodDays }: Pick<ModelCurves, 'days' | 'periodDays'>,
  { horizonDays, carryOver }: Pick<PlanSettings, 'horizonDays' | 'carryOver'>,
): PlanTime {
  const periods = Math.max(1, horizonDays / periodDays);
  return { share: horizonDays / days, periods, within: carryOver === 'WITHIN' };
}

/** Makes a plan on the curves of a model, with checked settings. Throws the Problems of `planBudget`. */
export function answerPlan(curves: ModelCurves, settings: PlanSettings): PlanAnswer {
  const channels = planChannels(curves.channels, planTime(curves, settings), boundsIn(settings));
  const at = (spendOf: (channel: PlanChannel) => number): { spend: number; response: number } => ({
    spend: channels.reduce((sum, channel) => sum + spendOf(channel), 0),
    response: channels.reduce((sum, channel) => sum + responseAt(channel, spendOf(channel)), 0),
  });
  const plan = planBudget(
    channels,
    goalOf(
      settings,
      at(({ current }) => current),
    ),
  );
  const [least, most] = [at(({ lower }) => lower), at(({ upper }) => upper)];
  return {
    settings,
    kpi: curves.kpi,
    currency: curves.currency,
    channels: withBounds(plan, channels),
    planned: { spend: plan.spend, response: plan.response },
    unchanged: plan.unchanged,
    gain: plan.gain,
    probabilityOfGain: plan.probabilityOfGain,
    unspent: plan.unspent,
    limits: {
      leastSpend: least.spend,
      mostSpend: most.spend,
      leastKpi: least.response,
      mostKpi: most.response,
    },
    ...describePlan(curves, settings, plan),
    inputs: inputsOf(curves),
  };
}

function responseAt({ spend, response }: PlanChannel, at: number): number {
  return new MonotoneCurve(spend, response).at(at);
}

function withBounds({ channels }: BudgetPlan, bounded: readonly PlanChannel[]): PlanAnswer['channels'] {
  return channels.map((channel, index) => {
    const { lower, upper, seenUpTo } = bounded[index]!;
    return { ...channel, lower, upper, seenUpTo };
  });
}

/** What a plan says of the model it was made on. */
export function inputsOf(curves: ModelCurves): PlanInputs {
  const { modelId, modelCodeVersion, firstDate, lastDate, dataHash, mock, sourceKinds } = curves;
  return { modelId, modelCodeVersion, firstDate, lastDate, dataHash, mock, sourceKinds };
}
