import { sql } from 'kysely';
import type { Basis, SourceKind } from '@liftos/core/ports/memory.ts';
import { shownBasis } from '../records/basis.pure.ts';
import { shownKind } from '../records/source-kinds.pure.ts';

/** What an answer about an entity says of the entity itself. */
export interface EntityRow {
  channel: string;
  campaign: string | null;
  ad_group: string | null;
  ad: string | null;
  region: string | null;
  connection_id: string;
  source_kind: SourceKind;
  basis: Basis;
  currency: string;
}

export interface Sums {
  /** Micros. */
  spend: string;
  impressions: number;
  clicks: number;
  conversions: number;
  /** Micros. */
  revenue: string;
}

/** The columns of an entity `e`, for a statement that is grouped by `entityKeys`. */
export const entityColumns = sql`e.id as entity_id, e.channel, e.campaign, e.ad_group, e.ad, e.region, e.connection_id,
  e.source_kind, e.basis, f.currency`;

export const entityKeys = sql`e.organization_id, e.id, f.currency`;

export const entityFields = {
  adGroup: (row: EntityRow) => row.ad_group,
  revenueBasis: (row: EntityRow) => shownBasis(row.basis),
  sourceKind: (row: EntityRow) => shownKind(row.source_kind),
  connection: (row: EntityRow) => ({ id: row.connection_id }),
};
