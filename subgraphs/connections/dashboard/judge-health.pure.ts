import type { AuthState, ConnectionHealth, HealthLevel, SyncResult } from '../schema.generated.ts';

/** What is known of a connection's last days. */
export interface HealthFigures {
  authState: AuthState;
  authMessage: string | null;
  lastResult: SyncResult;
  /** Slices of the last seven days. */
  slices: number;
  failedSlices: number;
  rowsRead: number;
  rowsRejected: number;
  /** Account-days of the last thirty days. */
  days: number;
  completeDays: number;
  lastError: string | null;
  lastErrorAt: Date | null;
  lastSuccessAt: Date | null;
  readTo: string | null;
  /** Days between `readTo` and today; null where there are none. */
  daysBehind: number | null;
  hasSchedule: boolean;
}

/** Days that a source may be behind before it counts as late: figures of yesterday may not be there yet. */
const usualDelay = 2;
const pointsPerLateDay = 5;

/** Judges a connection by what its users would feel: does data come, is it whole, is it understood, is it fresh. */
export function judgeHealth(figures: HealthFigures): ConnectionHealth {
  const availability = share(figures.slices - figures.failedSlices, figures.slices);
  const completeness = share(figures.completeDays, figures.days);
  const understood = share(figures.rowsRead - figures.rowsRejected, figures.rowsRead);
  const late = figures.hasSchedule ? Math.max(0, (figures.daysBehind ?? 0) - usualDelay) : 0;
  const shares = [availability, completeness, understood].filter((value) => value !== null);
  const score =
    shares.length === 0 ? null : Math.max(0, Math.round(100 * Math.min(...shares)) - late * pointsPerLateDay);
  return {
    level: levelOf(figures, score),
    score,
    availability,
    completeness,
    understood,
    errors: figures.failedSlices,
    lastError: figures.lastError,
    lastErrorAt: figures.lastErrorAt,
    lastSuccessAt: figures.lastSuccessAt,
    readTo: figures.readTo,
    problems: problemsOf(figures, { completeness, understood, late }),
  };
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** Above this score a source counts as healthy. */
const healthyScore = 95;

function levelOf({ authState, lastResult }: HealthFigures, score: number | null): HealthLevel {
  if (authState === 'BROKEN' || lastResult === 'FAILED') return 'FAILING';
  if (lastResult === 'NEVER') return 'UNKNOWN';
  if (authState === 'EXPIRING' || (score ?? 100) < healthyScore) return 'DEGRADED';
  return 'HEALTHY';
}

function problemsOf(
  figures: HealthFigures,
  { completeness, understood, late }: { completeness: number | null; understood: number | null; late: number },
): string[] {
  const problems: string[] = [];
  if (figures.authMessage) problems.push(figures.authMessage);
  if (late > 0)
    problems.push(`It is ${figures.daysBehind} days behind. Start a sync, or look at why the last one failed.`);
  if (figures.failedSlices > 0 && figures.lastError) problems.push(`Parts could not be read: ${figures.lastError}`);
  if (completeness !== null && completeness < 1)
    problems.push(
      `${figures.days - figures.completeDays} of the last account-days are not complete; the calendar shows which.`,
    );
  if (understood !== null && understood < 1)
    problems.push(`${figures.rowsRejected.toLocaleString('en')} rows were put aside; the sync shows which and why.`);
  return problems;
}
