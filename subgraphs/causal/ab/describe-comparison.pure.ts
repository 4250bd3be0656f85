import type { TestResult } from './frequentist.pure.ts';
import type { Effect } from './effect.pure.ts';

interface Compared {
  readonly control: string;
  readonly arm: string;
  readonly effect: Effect;
  readonly sequential: TestResult & { readonly adjustedPValue: number };
}

/** One sentence that may be read at any time: the direction only if the always-valid interval excludes zero. */
export function describeComparison(
  name: string,
  { control, arm, effect, sequential }: Compared,
  alpha: number,
): string {
  const { estimate } = effect;
  const show = effect.scale === 'RELATIVE' ? percentText : plainText;
  const { low, high } = sequential;
  const limits = Number.isFinite(low) && Number.isFinite(high);
  const range = limits ? `${show(low)} to ${show(high)}` : 'without limits yet';
  const interval = `always-valid ${plainText((1 - alpha) * 100)} % interval ${range}`;
  if (limits && (low > 0 || high < 0)) {
    const direction = estimate > 0 ? 'raised' : 'lowered';
    return `${arm} ${direction} ${name} by ${show(Math.abs(estimate))} against ${control} (${interval}), if the assumptions hold.`;
  }
  return `${arm} shows ${show(estimate)} of ${name} against ${control} (${interval}): no effect is shown yet, and none is ruled out inside the interval.`;
}

function percentText(value: number): string {
  return `${plainText(100 * value)} %`;
}

function plainText(value: number): string {
  return String(Number(value.toPrecision(3)));
}
