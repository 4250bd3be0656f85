import type { BudgetPlanInput, PlanCarryOver, PlanGoal, SettingsFieldsFragment } from './budget.generated.ts';

/** Bounds of a channel as multiples of what no change spends. */
export interface Bounds {
  lower: number;
  upper: number;
}

/** What a plan is asked with, as it stands in the address; `null` is what no change spends or brings. */
export interface PlanForm {
  model: string | null;
  goal: PlanGoal;
  total: number | null;
  kpiGoal: number | null;
  marginalReturn: number | null;
  minimumReturn: number | null;
  horizonDays: number;
  carryOver: PlanCarryOver;
  bounds: Record<string, Bounds>;
}

/** What is known of the channels of a model over the days of the plan. */
export interface KnownChannel {
  name: string;
  current: number;
  mostMultiple: number;
  curve: { spend: number[]; mean: number[] };
}

export const usualBounds: Bounds = { lower: 0.7, upper: 1.3 };
const goals: Record<string, PlanGoal> = { least: 'MINIMISE_BUDGET', return: 'TARGET_MARGINAL_RETURN' };

function numberOf(text: string | undefined): number | null {
  const value = text === undefined || text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) && value >= 0 ? value : null;
}

/** The parameters of the address that belong to a plan. */
export const planParams = ['model', 'goal', 'total', 'kpi', 'return', 'minimum', 'days', 'after', 'bounds'] as const;

/** Reads a plan; what is not allowed falls back to its default. */
export function readPlan(get: (name: string) => string | undefined): PlanForm {
  const days = Number(get('days'));
  const bounds = (get('bounds') ?? '').split(';').flatMap((part): [string, Bounds][] => {
    const [name = '', lower, upper] = part.split('~');
    const [low, high] = [numberOf(lower), numberOf(upper)];
    return name && low !== null && high !== null && low <= high ? [[name, { lower: low, upper: high }]] : [];
  });
  return {
    model: get('model') ?? null,
    goal: goals[get('goal') ?? ''] ?? 'MAXIMISE_KPI',
    total: numberOf(get('total')),
    kpiGoal: numberOf(get('kpi')),
    marginalReturn: numberOf(get('return')),
    minimumReturn: numberOf(get('minimum')),
    horizonDays: Number.isInteger(days) && days >= 1 && days <= 730 ? days : 90,
    carryOver: get('after') === 'no' ? 'WITHIN' : 'WHOLE',
    bounds: Object.fromEntries(bounds),
  };
}

/** Writes a plan; defaults are left out, so that addresses stay short. */
export function writePlan(form: PlanForm): Record<(typeof planParams)[number], string | null> {
  const text = (value: number | null): string | null => (value === null ? null : String(Number(value.toPrecision(7))));
  const bounds = Object.entries(form.bounds).map(([name, { lower, upper }]) => `${name}~${lower}~${upper}`);
  return {
    model: form.model,
    goal: Object.entries(goals).find(([, goal]) => goal === form.goal)?.[0] ?? null,
    total: text(form.total),
    kpi: text(form.kpiGoal),
    return: text(form.marginalReturn),
    minimum: text(form.minimumReturn),
    days: form.horizonDays === 90 ? null : String(form.horizonDays),
    after: form.carryOver === 'WITHIN' ? 'no' : null,
    bounds: bounds.length > 0 ? bounds.join(';') : null,
  };
}

/** The bounds of a channel, within what its curve covers. */
export function boundsOf(form: Pick<PlanForm, 'bounds'>, channel: Pick<KnownChannel, 'name' | 'mostMultiple'>): Bounds {
  const { lower, upper } = form.bounds[channel.name] ?? usualBounds;
  const most = channel.mostMultiple;
  return { lower: Math.min(lower, most), upper: Math.min(upper, most) };
}

/** What the bounds allow, from the curves at hand: [least, most] of money and of KPI. */
export function reachOf(form: Pick<PlanForm, 'bounds'>, channels: readonly KnownChannel[]) {
  const sum = (value: (channel: KnownChannel, bounds: Bounds) => number): number =>
    channels.reduce((total, channel) => total + value(channel, boundsOf(form, channel)), 0);
  return {
    spend: [
      sum(({ current }, { lower }) => current * lower),
      sum(({ current }, { upper }) => current * upper),
    ] as const,
    kpi: [
      sum((channel, { lower }) => responseAt(channel, channel.current * lower)),
      sum((channel, { upper }) => responseAt(channel, channel.current * upper)),
    ] as const,
    current: sum(({ current }) => current),
    currentKpi: sum((channel) => responseAt(channel, channel.current)),
  };
}

function responseAt({ curve: { spend, mean } }: KnownChannel, at: number): number {
  const after = Math.max(
    1,
    spend.findIndex((point) => point >= at),
  );
  const [x0, x1, y0, y1] = [spend[after - 1]!, spend[after]!, mean[after - 1]!, mean[after]!];
  return y0 + (y1 - y0) * Math.min(1, Math.max(0, (at - x0) / (x1 - x0)));
}

/** A value inside a range, a little away from its ends, where rounding would fall outside. */
export function within(value: number, [least, most]: readonly [number, number], margin = 0): number {
  const slack = margin * (most - least);
  return Math.min(most - slack, Math.max(least + slack, value));
}

/** The question for the server: every goal within what the bounds allow, so that a moving slider asks nothing wrong. */
export function toPlanInput(
  form: PlanForm & { model: string },
  channels: readonly KnownChannel[],
  mock: boolean,
): BudgetPlanInput {
  const reach = reachOf(form, channels);
  const shared = {
    modelId: form.model,
    goal: form.goal,
    horizonDays: form.horizonDays,
    carryOver: form.carryOver,
    bounds: channels.map((channel) => ({ channel: channel.name, ...boundsOf(form, channel) })),
    mock,
  };
  if (form.goal === 'MINIMISE_BUDGET') {
    // The curve here is straight between points and the server's is not.
    return { ...shared, kpiGoal: within(form.kpiGoal ?? reach.currentKpi, reach.kpi, 0.01) };
  }
  if (form.goal === 'TARGET_MARGINAL_RETURN') return { ...shared, marginalReturn: form.marginalReturn ?? 1 };
  const budget = { ...shared, total: within(form.total ?? reach.current, reach.spend) };
  return form.minimumReturn === null ? budget : { ...budget, minimumReturn: form.minimumReturn };
}

/** The form that asks for a kept plan again. */
export function formOf(modelId: string, settings: SettingsFieldsFragment): PlanForm {
  const { goal, total, kpiGoal, marginalReturn, minimumReturn, horizonDays, carryOver } = settings;
  return {
    model: modelId,
    goal,
    total,
    kpiGoal,
    marginalReturn,
    minimumReturn,
    horizonDays,
    carryOver,
    bounds: Object.fromEntries(settings.bounds.map(({ channel, lower, upper }) => [channel, { lower, upper }])),
  };
}
