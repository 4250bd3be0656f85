import type { PlanAnswer } from './answer-plan.pure.ts';

/** A kept plan as far as it is compared. */
interface Comparable {
  readonly name: string;
  readonly answer: PlanAnswer;
}

/** Plans side by side, channel by channel. */
export interface ComparedPlans {
  readonly channels: readonly {
    readonly name: string;
    readonly spends: readonly (number | null)[];
    readonly responses: readonly (number | null)[];
  }[];
  readonly warnings: readonly string[];
  readonly conclusion: string;
}

/** Puts two or more plans side by side; says why where their numbers cannot stand beside each other. */
export function comparePlans(plans: readonly Comparable[]): ComparedPlans | { refusal: string } {
  const distinct = (value: (answer: PlanAnswer) => unknown): number =>
    new Set(plans.map(({ answer }) => value(answer))).size;
  if (distinct(({ inputs }) => inputs.mock) > 1) {
    return { refusal: 'Some of these plans are made on generated data and some on real data.' };
  }
  if (distinct(({ currency }) => currency) > 1 || distinct(({ kpi }) => kpi) > 1) {
    return { refusal: 'These plans count different KPIs or currencies.' };
  }
  const names = [...new Set(plans.flatMap(({ answer }) => answer.channels.map(({ name }) => name)))];
  const warnings: string[] = [];
  const warn = (differ: number, text: string): void => void (differ > 1 && warnings.push(text));
  warn(
    distinct(({ settings }) => settings.horizonDays),
    'The plans cover different numbers of days.',
  );
  warn(
    distinct(({ settings }) => settings.carryOver),
    'The plans count what comes after their last day differently.',
  );
  warn(
    distinct(({ inputs }) => inputs.modelId),
    'The plans rest on different models.',
  );
  const rows = names.map((name) => {
    const own = plans.map(({ answer }) => answer.channels.find((channel) => channel.name === name));
    return {
      name,
      spends: own.map((channel) => channel?.spend ?? null),
      responses: own.map((channel) => channel?.response.mean ?? null),
    };
  });
  return { channels: rows, warnings, conclusion: concludeComparison(plans) };
}

function concludeComparison(plans: readonly Comparable[]): string {
  const best = plans.toSorted((a, b) => b.answer.gain.mean - a.answer.gain.mean)[0]!;
  const { gain, kpi, currency } = best.answer;
  const whole = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 0 });
  const interval =
    gain.low === null || gain.high === null ? '' : ` (90 % interval ${whole(gain.low)} to ${whole(gain.high)})`;
  const unit = kpi === 'REVENUE' ? currency : 'conversions';
  return `“${best.name}” gains most over no change: ${whole(gain.mean)} ${unit}${interval}.`;
}
