import type { Tone } from '../../ui/badge.tsx';
import { decimal, percent } from '../../ui/format.ts';
import type { EffectScale, ExperimentKind, ExperimentState, Verdict } from './experiments.generated.ts';

export const kindNames: Record<ExperimentKind, string> = { AB: 'A/B', GEO: 'Geo' };

export const stateLooks: Record<ExperimentState, { tone: Tone; label: string }> = {
  DRAFT: { tone: 'neutral', label: 'Draft' },
  DESIGNED: { tone: 'accent', label: 'Designed' },
  RUNNING: { tone: 'info', label: 'Running' },
  STOPPED: { tone: 'warn', label: 'Stopped' },
  COMPLETED: { tone: 'info', label: 'Completed' },
  DECIDED: { tone: 'ok', label: 'Decided' },
};

export const verdictNames: Record<Verdict, string> = {
  SHIP: 'Ship',
  STOP: 'Do not ship',
  INCONCLUSIVE: 'Inconclusive',
  ITERATE: 'Change and try again',
};

/** An effect in the terms of its scale. */
export function effectText(value: number | null, scale: EffectScale): string {
  return scale === 'RELATIVE' ? percent(value, 2) : decimal(value, 4);
}

/** A p-value, which is never 0. */
export function pText(value: number | null): string {
  if (value === null) return '–';
  return value < 0.001 ? '< 0.001' : decimal(value, 3);
}
