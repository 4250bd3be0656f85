import type { PlanGoal } from './plan-budget.pure.ts';
import type { SpendBounds } from './plan-channels.pure.ts';

/** What people may ask, defaults of the schema filled in or not. */
export interface PlanInput {
  readonly modelId: string;
  readonly goal?: 'MAXIMISE_KPI' | 'MINIMISE_BUDGET' | 'TARGET_MARGINAL_RETURN' | null;
  readonly total?: number | null;
  readonly kpiGoal?: number | null;
  readonly marginalReturn?: number | null;
  readonly minimumReturn?: number | null;
  readonly horizonDays?: number | null;
  readonly carryOver?: 'WHOLE' | 'WITHIN' | null;
  readonly lower?: number | null;
  readonly upper?: number | null;
  readonly bounds?: readonly { channel: string; lower: number; upper: number }[] | null;
  readonly mock?: boolean | null;
}

/** What a plan is asked with, complete. Bounds are multiples of what no change spends. */
export interface PlanSettings {
  readonly goal: 'MAXIMISE_KPI' | 'MINIMISE_BUDGET' | 'TARGET_MARGINAL_RETURN';
  readonly total: number | null;
  readonly kpiGoal: number | null;
  readonly marginalReturn: number | null;
  readonly minimumReturn: number | null;
  readonly horizonDays: number;
  readonly carryOver: 'WHOLE' | 'WITHIN';
  readonly lower: number;
  readonly upper: number;
  readonly bounds: readonly { readonly channel: string; readonly lower: number; readonly upper: number }[];
}

/** Fills in what was left out. */
export function completePlan(input: PlanInput): PlanSettings {
  return {
    goal: input.goal ?? 'MAXIMISE_KPI',
    total: input.total ?? null,
    kpiGoal: input.kpiGoal ?? null,
    marginalReturn: input.marginalReturn ?? null,
    minimumReturn: input.minimumReturn ?? null,
    horizonDays: input.horizonDays ?? 90,
    carryOver: input.carryOver ?? 'WHOLE',
    lower: input.lower ?? 0.7,
    upper: input.upper ?? 1.3,
    bounds: (input.bounds ?? []).map(({ channel, lower, upper }) => ({ channel, lower, upper })),
  };
}

/** The curve of a channel, as far as bounds depend on it. */
interface Reach {
  readonly name: string;
  /** Largest multiple of the current spend that the curve covers. */
  readonly most: number;
}

interface Wrong {
  readonly field: string;
  readonly reason: string;
}

/** The first thing wrong with settings, given the channels of the model: its field and why; null when they can be used. */
export function invalidPlan(settings: PlanSettings, channels: readonly Reach[]): Wrong | null {
  return wrongNumbers(settings) ?? wrongNames(settings, channels) ?? wrongBounds(settings, channels);
}

function wrongNumbers({ horizonDays, ...settings }: PlanSettings): Wrong | null {
  if (!Number.isInteger(horizonDays) || horizonDays < 1 || horizonDays > 730) return wrongHorizon;
  for (const field of ['total', 'kpiGoal', 'marginalReturn', 'minimumReturn'] as const) {
    const value = settings[field];
    if (value !== null && !(value >= 0 && value < 1e15)) return { field, reason: 'A number from 0 on is needed.' };
  }
  const unused = unusedOf(settings.goal).find((field) => settings[field] !== null);
  return unused ? { field: unused, reason: 'The goal does not use this. Leave it out.' } : null;
}

/** What is wrong with a horizon that is not a whole number of days from 1 to 730. */
export const wrongHorizon: Wrong = { field: 'horizonDays', reason: 'A plan covers 1 to 730 whole days.' };

function unusedOf(goal: PlanSettings['goal']): ('total' | 'kpiGoal' | 'marginalReturn' | 'minimumReturn')[] {
  if (goal === 'MAXIMISE_KPI') return ['kpiGoal', 'marginalReturn'];
  if (goal === 'MINIMISE_BUDGET') return ['total', 'marginalReturn', 'minimumReturn'];
  return ['total', 'kpiGoal', 'minimumReturn'];
}

function wrongNames({ bounds }: PlanSettings, channels: readonly Reach[]): Wrong | null {
  const names = channels.map(({ name }) => name);
  const unknown = bounds.find(({ channel }) => !names.includes(channel));
  if (unknown) {
    return { field: 'bounds', reason: `The model has no channel “${unknown.channel}”; it has ${names.join(', ')}.` };
  }
  const twice = bounds.find(({ channel }, index) => bounds.findIndex((one) => one.channel === channel) < index);
  return twice ? { field: 'bounds', reason: `${twice.channel} has bounds twice.` } : null;
}

function wrongBounds(settings: PlanSettings, channels: readonly Reach[]): Wrong | null {
  for (const { name, most } of channels) {
    const own = settings.bounds.find(({ channel }) => channel === name);
    const { lower, upper } = own ?? settings;
    const field = own ? 'bounds' : lower >= 0 && lower <= upper ? 'upper' : 'lower';
    if (!(lower >= 0)) return { field, reason: `${name}: spend cannot be negative.` };
    if (lower > upper) return { field, reason: `${name}: the lower bound lies above the upper one.` };
    if (upper > most * (1 + 1e-9)) {
      return { field, reason: `${name}: the response is known up to ${most} times the spend of the data.` };
    }
  }
  return null;
}

/** The bounds of a channel by its name. */
export function boundsIn({ lower, upper, bounds }: PlanSettings): (name: string) => SpendBounds {
  const own = new Map(bounds.map((bound) => [bound.channel, bound]));
  return (name) => own.get(name) ?? { lower, upper };
}

/** The goal in numbers; what was left out is what no change spends or brings. */
export function goalOf(settings: PlanSettings, unchanged: { spend: number; response: number }): PlanGoal {
  const { goal, total, kpiGoal, marginalReturn, minimumReturn } = settings;
  if (goal === 'MINIMISE_BUDGET') return { kind: 'RESPONSE', response: kpiGoal ?? unchanged.response };
  if (goal === 'TARGET_MARGINAL_RETURN') return { kind: 'MARGINAL_RETURN', marginalReturn: marginalReturn ?? 1 };
  const budget = { kind: 'BUDGET', total: total ?? unchanged.spend } as const;
  return minimumReturn === null ? budget : { ...budget, minimumReturn };
}
