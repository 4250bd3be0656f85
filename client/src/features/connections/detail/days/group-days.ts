import type { CalendarCell, CellTone } from '../../../../charts/calendar-heat-map.tsx';
import type { DayState } from './days.generated.ts';

export interface AccountDay {
  accountId: string;
  accountName: string;
  day: string;
  state: DayState;
  isFinal: boolean;
  reasons: string[];
}

/** How complete the days of an account are, in numbers. */
export interface AccountSummary {
  id: string;
  name: string;
  complete: number;
  partial: number;
  missing: number;
}

export const dayStates: Record<DayState, { label: string; tone: 'ok' | 'warn' | 'error' }> = {
  COMPLETE: { label: 'Complete', tone: 'ok' },
  PARTIAL: { label: 'Partial', tone: 'warn' },
  MISSING: { label: 'Missing', tone: 'error' },
};

const rank: Record<DayState, number> = { COMPLETE: 0, PARTIAL: 1, MISSING: 2 };

/** The accounts in these days, by name. */
export function summarise(days: readonly AccountDay[]): AccountSummary[] {
  const accounts = new Map<string, AccountSummary>();
  for (const day of days) {
    const account = accounts.get(day.accountId) ?? {
      id: day.accountId,
      name: day.accountName || day.accountId || 'All data',
      complete: 0,
      partial: 0,
      missing: 0,
    };
    account[day.state.toLowerCase() as 'complete' | 'partial' | 'missing'] += 1;
    accounts.set(day.accountId, account);
  }
  return [...accounts.values()].toSorted((a, b) => a.name.localeCompare(b.name));
}

/** The days of one account, or of all of them, by day. */
export function byDay(days: readonly AccountDay[], accountId: string | undefined): Map<string, AccountDay[]> {
  const map = new Map<string, AccountDay[]>();
  for (const day of days) {
    if (accountId !== undefined && day.accountId !== accountId) continue;
    const list = map.get(day.day);
    if (list) list.push(day);
    else map.set(day.day, [day]);
  }
  return map;
}

/** A day in the calendar: the worst of its accounts, final only when all of them are. */
export function cellOf(name: string, accounts: readonly AccountDay[] | undefined): CalendarCell {
  if (!accounts || accounts.length === 0) return { tone: 'none', title: `${name}: not read` };
  const worst = accounts.reduce((a, b) => (rank[b.state] > rank[a.state] ? b : a));
  const tone: CellTone = dayStates[worst.state].tone;
  const final = accounts.every(({ isFinal }) => isFinal);
  const label = dayStates[worst.state].label.toLowerCase();
  const same = accounts.filter(({ state }) => state === worst.state).length;
  const share = accounts.length > 1 && worst.state !== 'COMPLETE' ? ` (${same} of ${accounts.length} accounts)` : '';
  return {
    tone,
    hollow: !final && worst.state === 'COMPLETE',
    title: `${name}: ${label}${share}${final ? '' : ', may still change'}`,
  };
}
