import type { Basis, SourceKind } from './memory.ts';

/** Sums of days; money in whole currency units. */
export interface EntitySums {
  spend: number;
  impressions: number;
  clicks: number;
  conversions: number;
  revenue: number;
}

/** What figures are about, in one currency. */
interface Entity {
  channel: string;
  campaign: string | null;
  adGroup: string | null;
  ad: string | null;
  region: string | null;
  currency: string;
  basis: Basis;
  sourceKind: SourceKind;
  connectionId: string;
}

export interface SurfacingEntity extends Entity {
  sums: EntitySums;
  /** In as many days just before. */
  previous: EntitySums;
}

export interface RelevantEntity extends Entity, EntitySums {
  /** One sentence to cite, with names, days and figures. */
  text: string;
  /** 1 for the best; 0 for all when no name fits. */
  relevance: number;
  firstDate: string;
  lastDate: string;
  /** Days with figures. */
  days: number;
}
