import type { CheckState, IntegrationState } from '../schema.generated.ts';

/** A check as recommendations are drawn from it. */
export interface ReportedCheck {
  connection_name: string;
  part: string;
  name: string;
  state: CheckState;
  message: string;
  hint: string | null;
}

/** The worst of its checks; a report without any has passed. */
export function stateOf(checks: readonly ReportedCheck[]): IntegrationState {
  if (checks.some(({ state }) => state === 'FAILED')) return 'FAILED';
  return checks.some(({ state }) => state === 'WARNING') ? 'WARNING' : 'PASSED';
}

/**
 * What to do, failures before warnings. What several connections have in common is said once, with all their names, so
 * that one cause reads as one thing to do.
 */
export function recommendationsOf(checks: readonly ReportedCheck[]): string[] {
  const wrong = checks.filter(({ state }) => state === 'FAILED' || state === 'WARNING');
  const groups = new Map<string, ReportedCheck[]>();
  for (const check of wrong) {
    const advice = check.hint ?? check.message;
    groups.set(advice, [...(groups.get(advice) ?? []), check]);
  }
  return [...groups]
    .sort(([, a], [, b]) => urgency(b) - urgency(a) || b.length - a.length)
    .map(([advice, group]) => `${[...new Set(group.map(({ connection_name: name }) => name))].join(', ')}: ${advice}`);
}

function urgency(group: readonly ReportedCheck[]): number {
  return group.some(({ state }) => state === 'FAILED') ? 1 : 0;
}
