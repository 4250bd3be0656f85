import type { CarryOver, Saturation } from './mix-settings.pure.ts';

export type CarryOverKind = 'NONE' | 'GEOMETRIC' | 'WEIBULL_PDF' | 'WEIBULL_CDF';
export type SaturationKind = 'NONE' | 'LOGISTIC' | 'HILL' | 'MICHAELIS_MENTEN';
type Period = 'DAY' | 'WEEK';

/** Days that an effect may go on for when nothing else is said: eight weeks, or four where periods are days. */
const defaultWindow = { DAY: 28, WEEK: 8 } as const;

/** A carry-over with the priors it has when nothing else is said; lengths in periods. */
export function carryOverOf(kind: CarryOverKind, period: Period, window: number = defaultWindow[period]): CarryOver {
  const daily = period === 'DAY';
  const scale = { kind: 'logNormal', meanLog: Math.log(daily ? 7 : 1.5), sdLog: 0.7 } as const;
  if (kind === 'NONE') return { kind: 'none' };
  if (kind === 'GEOMETRIC')
    return { kind: 'geometric', window, rate: { kind: 'beta', a: daily ? 2 : 1, b: daily ? 2 : 3 } };
  if (kind === 'WEIBULL_PDF') {
    return { kind: 'weibullPdf', window, shape: { kind: 'logNormal', meanLog: Math.log(2), sdLog: 0.4 }, scale };
  }
  return { kind: 'weibullCdf', window, shape: { kind: 'logNormal', meanLog: 0, sdLog: 0.4 }, scale };
}

/** A response curve with the priors it has when nothing else is said. */
export function saturationOf(kind: SaturationKind): Saturation {
  const half = { kind: 'logNormal', meanLog: Math.log(0.6), sdLog: 0.6 } as const;
  if (kind === 'NONE') return { kind: 'none' };
  if (kind === 'LOGISTIC') return { kind: 'logistic', rate: { kind: 'gamma', shape: 3, rate: 1 } };
  if (kind === 'MICHAELIS_MENTEN') return { kind: 'michaelisMenten', half };
  return { kind: 'hill', half, slope: { kind: 'logNormal', meanLog: Math.log(1.3), sdLog: 0.4 } };
}
