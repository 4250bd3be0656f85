/** An estimate with everything one sentence about it needs. */
export interface EffectStatement {
  /** What was measured and where, e.g. `Orders in chicago and portland`. */
  readonly subject: string;
  /** What the figures count, e.g. `per unit and period`. */
  readonly per: string;
  readonly estimate: number;
  /** Relative to the counterfactual; null when that is zero or negative. */
  readonly relative: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Of the interval, e.g. .9. */
  readonly level: number;
  readonly pValue: number;
}

/**
 * One plain sentence: the direction only if the interval and the p-value both allow it, the size, the uncertainty.
 * `low` and `high` are null when there is no interval to speak of.
 */
export function describeEffect(statement: EffectStatement): string {
  const { subject, per, estimate, relative, low, high, level, pValue } = statement;
  const share = relative === null ? '' : `${signed(relative * 100)} %, `;
  const range =
    low === null || high === null
      ? 'no interval can be given'
      : `${percent(level)} interval ${figure(low)} to ${figure(high)}`;
  const size = `${figure(Math.abs(estimate))} ${per} (${share}${range}, p ${pText(pValue)})`;
  const covered = low !== null && high !== null && (low > 0 || high < 0);
  if (covered && pValue <= 1 - level) {
    return `${subject} ${estimate > 0 ? 'rose' : 'fell'} by ${size} because of the treatment, if the assumptions hold.`;
  }
  const direction = estimate > 0 ? 'above' : 'below';
  return `${subject} came out ${direction} what was expected by ${size}, which chance alone can explain: no effect is shown, and none is ruled out.`;
}

/** The units by name, or how many where that would be too many. */
export function nameUnits(units: readonly string[]): string {
  if (units.length > 4) return `${units.length} treated units`;
  return [units.slice(0, -1).join(', '), ...units.slice(-1)].filter(Boolean).join(' and ');
}

export function figure(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'no upper limit' : 'no lower limit';
  const size = Math.abs(value);
  if (size >= 1000) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(4)));
}

function signed(value: number): string {
  return `${value >= 0 ? '+' : '-'}${figure(Math.abs(Number(value.toFixed(2))))}`;
}

function percent(level: number): string {
  return `${Number((level * 100).toFixed(2))} %`;
}

function pText(pValue: number): string {
  return pValue < 0.001 ? '< 0.001' : `= ${Number(pValue.toFixed(3))}`;
}
