import type { OverviewFieldsFragment } from './overview.generated.ts';

export type Row = OverviewFieldsFragment;

export interface PlatformRef {
  id: string;
  name: string;
  tier: number | null;
}

/** A platform with its connections; without any when nobody connected it. */
export interface PlatformGroup extends PlatformRef {
  rows: Row[];
}

export interface TierGroup {
  tier: number | null;
  title: string;
  platforms: PlatformGroup[];
}

export type Filter = 'attention' | 'running' | 'healthy' | 'never' | 'unscheduled';

const titles = ['Tier 0', 'Tier 1', 'Tier 2', 'Tier 3', 'Tier 4'];

/** Whether a person should do something about it. */
export function needsAttention(row: Row): boolean {
  return (
    row.authState === 'BROKEN' ||
    row.authState === 'EXPIRING' ||
    row.lastResult === 'FAILED' ||
    row.lastResult === 'PARTIAL' ||
    row.health.level === 'FAILING'
  );
}

/** Whether its data is sent to us, so that there is nothing to sync or test. */
export function comesByItself(row: Row): boolean {
  return row.platform.id === 'webhook';
}

/** What each filter lets through. */
export const filters: Record<Filter, { label: string; holds: (row: Row) => boolean }> = {
  attention: { label: 'Needs attention', holds: needsAttention },
  running: { label: 'Syncing', holds: (row) => row.activity !== 'IDLE' },
  healthy: { label: 'Healthy', holds: (row) => row.lastResult === 'SUCCEEDED' && !needsAttention(row) },
  never: { label: 'Never synced', holds: (row) => row.lastResult === 'NEVER' },
  unscheduled: {
    label: 'Only by hand',
    holds: (row) => row.schedule === null && row.mode !== 'FILE' && !comesByItself(row),
  },
};

/** Rows that contain all words of the search in their name or platform and pass one of the filters. */
export function filterRows(rows: readonly Row[], chosen: readonly Filter[], search: string): Row[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const text = `${row.name} ${row.platform.name} ${row.mode}`.toLowerCase();
    return (
      words.every((word) => text.includes(word)) &&
      (chosen.length === 0 || chosen.some((filter) => filters[filter].holds(row)))
    );
  });
}

/**
 * Platforms by tier with their connections, tiers in order, then everything without one: files, webhooks and connectors
 * of one's own. Platforms without a connection are left out unless `withEmpty`.
 */
export function groupByTier(rows: readonly Row[], platforms: readonly PlatformRef[], withEmpty: boolean): TierGroup[] {
  const known = new Map<string, PlatformGroup>(platforms.map((platform) => [platform.id, { ...platform, rows: [] }]));
  for (const row of rows) {
    const group = known.get(row.platform.id) ?? { ...row.platform, rows: [] };
    group.rows.push(row);
    known.set(group.id, group);
  }
  const tiers = new Map<number | null, TierGroup>();
  for (const platform of known.values()) {
    if (platform.rows.length === 0 && (!withEmpty || platform.tier === null)) continue;
    const title = platform.tier === null ? 'Files, webhooks and own connectors' : (titles[platform.tier] ?? 'Others');
    const tier = tiers.get(platform.tier) ?? { tier: platform.tier, title, platforms: [] };
    tier.platforms.push(platform);
    tiers.set(platform.tier, tier);
  }
  return [...tiers.values()].toSorted((a, b) => (a.tier ?? 99) - (b.tier ?? 99));
}

/** Days from the newest day of data to today; null without data. */
export function daysBehind(lastDate: string | null | undefined, today: string): number | null {
  if (!lastDate) return null;
  return Math.max(0, Math.round((Date.parse(today) - Date.parse(lastDate)) / 86_400_000));
}
