/** Faults that hit the next calls, each as often as it was asked for. */
export type CountedFault = 'throttle' | 'truncateJson' | 'html' | 'hang' | 'fail';

interface Pending {
  fault: CountedFault;
  calls: number;
  /** Part of the path that must be there; empty for every call but those of OAuth. */
  path: string;
  status: number;
  waitSeconds: number;
}

/** What is wrong with a double at the moment. */
export class Faults {
  #pending: Pending[] = [];
  readonly forbidden = new Set<string>();
  readonly failing = new Set<string>();
  readonly versionsOff = new Set<string>();
  /** Accounts that no longer report the first of what ran on each day. */
  readonly withdrawing = new Set<string>();
  /** New names by id or former name of a campaign, with the instant of the change. */
  readonly renamed = new Map<string, { name: string; at: number }>();
  /** Rows at the edge of a page come on both pages. */
  duplicateBoundary = false;
  /** Rows of a page at the most, also where the platform fixes its pages; null for the platform's own. */
  pageRows: number | null = null;
  /** Ranges of more days are refused as too much data; null for no limit. */
  limitDays: number | null = null;
  /** Calls or points that are allowed in a window of the platform; null for the platform's own. */
  quota: number | null = null;
  /** The secret of the application instead of the usual one. */
  clientSecret: string | null = null;
  latencyMs = 0;
  /** Where all accounts are, instead of their own zones. */
  timeZone: string | null = null;

  add(fault: CountedFault, calls: number, extra: Partial<Omit<Pending, 'fault' | 'calls'>> = {}): void {
    this.#pending.push({ fault, calls, path: '', status: 500, waitSeconds: 60, ...extra });
  }

  /** The fault of this call, used up by it. */
  take(path: string, isOAuth: boolean): Pending | null {
    const hit = this.#pending.find((one) => (one.path === '' ? !isOAuth : path.includes(one.path)));
    if (!hit) return null;
    hit.calls -= 1;
    if (hit.calls <= 0) this.#pending = this.#pending.filter((one) => one !== hit);
    return hit;
  }

  /** The name of a campaign after any change of it. */
  nameOf(id: string, name: string): { name: string; changedAt: number | null } {
    const change = this.renamed.get(id) ?? this.renamed.get(name);
    return change ? { name: change.name, changedAt: change.at } : { name, changedAt: null };
  }

  reset(): void {
    this.#pending = [];
    for (const set of [this.forbidden, this.failing, this.versionsOff, this.withdrawing, this.renamed]) set.clear();
    this.duplicateBoundary = false;
    this.pageRows = null;
    this.limitDays = null;
    this.quota = null;
    this.clientSecret = null;
    this.latencyMs = 0;
    this.timeZone = null;
  }
}
